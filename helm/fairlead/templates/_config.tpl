{{/*
The configuration that the chart makes: values in twemproxy's and mcrouter's words, as Fairlead's own YAML. Keys that
the chart has no value for are taken as they are from poolOptions, listenerOptions and extraConfig, and win.
*/}}
{{- define "fairlead.madeConfig" -}}
{{- $config := dict
  "listeners" (list (include "fairlead.listener" . | fromYaml))
  "pools" (dict "main" (include "fairlead.pool" . | fromYaml))
  "admin" (include "fairlead.adminConfig" . | fromYaml)
  "shutdown" (dict "delay" (eq "0" (include "fairlead.millis" .Values.drain.delay) | ternary false .Values.drain.delay) "drain" .Values.drain.timeout)
  "reload" (eq .Values.config.reload "hot") -}}
{{- if eq "auto" (toString .Values.proxy.threads) -}}
{{- $_ := set $config "threads" (dict "loops" "auto") -}}
{{- else if gt (int .Values.proxy.threads) 1 -}}
{{- $_ := set $config "threads" (dict "loops" (int .Values.proxy.threads)) -}}
{{- end -}}
{{- if eq .Values.controller "sidecar" -}}
{{- $_ := set $config "limits" (dict "connections" 1000) -}}
{{- end -}}
{{- mustMergeOverwrite $config (deepCopy .Values.proxy.extraConfig) | toYaml -}}
{{- end }}

{{/* A sidecar serves its own pod alone. */}}
{{- define "fairlead.listener" -}}
{{- $listener := dict "address" (printf "%s:%s" (eq .Values.controller "sidecar" | ternary "127.0.0.1" "0.0.0.0") (include "fairlead.port" .)) -}}
{{- if include "fairlead.isHostNetwork" . -}}
{{- $_ := set $listener "reuse_port" true -}}
{{- end -}}
{{- with .Values.tls.listener -}}
{{- if .secretName -}}
{{- $tls := dict "certificate" "/run/secrets/fairlead/listener/tls.crt" "key" "/run/secrets/fairlead/listener/tls.key" "min_version" .minVersion -}}
{{- if ne .clientCertificate "none" -}}
{{- $_ := set $tls "client_ca" "/run/secrets/fairlead/listener/ca.crt" -}}
{{- $_ := set $tls "client_certificate" .clientCertificate -}}
{{- end -}}
{{- $_ := set $listener "tls" $tls -}}
{{- end -}}
{{- end -}}
{{- mustMergeOverwrite $listener (deepCopy .Values.proxy.listenerOptions) | toYaml -}}
{{- end }}

{{- define "fairlead.pool" -}}
{{- $mode := get (dict "sharded" "sharded" "replset" "replicated" "readWriteSplit" "primary_replica") .Values.setup -}}
{{- $timeout := printf "%dms" (int64 .Values.proxy.timeout) -}}
{{- $pool := dict
  "mode" $mode
  "servers" (include "fairlead.servers" . | fromYamlArray)
  "timeout" $timeout
  "connect_timeout" $timeout
  "connections" (int .Values.proxy.serverConnections)
  "eject" (include "fairlead.eject" . | fromYaml | dig "eject" false) -}}
{{- if eq $mode "sharded" -}}
{{- $_ := set $pool "distribution" .Values.proxy.distribution -}}
{{- if has .Values.proxy.distribution (list "ketama" "modula" "random") -}}
{{- $_ := set $pool "hash" .Values.proxy.hash -}}
{{- with .Values.proxy.hashTag -}}
{{- $_ := set $pool "hash_tag" . -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if ne (include "fairlead.discovery" .) "dns" -}}
{{- $_ := set $pool "identity" .Values.proxy.nodeIdentity -}}
{{- end -}}
{{- with .Values.metrics.serverStats -}}
{{- $_ := set $pool "server_stats" . -}}
{{- end -}}
{{- with .Values.tls.servers -}}
{{- if .enabled -}}
{{- $tls := dict "check" .check -}}
{{- if .caSecretName -}}
{{- $_ := set $tls "ca" "/run/secrets/fairlead/servers-ca/ca.crt" -}}
{{- end -}}
{{- if .certificateSecretName -}}
{{- $_ := set $tls "certificate" "/run/secrets/fairlead/servers/tls.crt" -}}
{{- $_ := set $tls "key" "/run/secrets/fairlead/servers/tls.key" -}}
{{- end -}}
{{- with .serverName -}}
{{- $_ := set $tls "server_name" . -}}
{{- end -}}
{{- $_ := set $pool "tls" $tls -}}
{{- end -}}
{{- end -}}
{{- mustMergeOverwrite $pool (deepCopy .Values.proxy.poolOptions) | toYaml -}}
{{- end }}

{{/*
twemproxy's words for ejection. Without autoEjectHosts no key moves: the keys of a server that is gone fail at once, and
replicas, of which none has keys of its own, are not left out at all.
*/}}
{{- define "fairlead.eject" -}}
{{- $retry := int64 .Values.proxy.serverRetryTimeout -}}
{{- $isSharded := eq .Values.setup "sharded" -}}
{{- if or .Values.proxy.autoEjectHosts $isSharded -}}
eject:
  failures: {{ int .Values.proxy.serverFailureLimit }}
  time: {{ min 1000 $retry }}ms
  longest_time: {{ $retry }}ms
  probe:
    first: {{ min 250 $retry }}ms
    longest: {{ $retry }}ms
  {{- if not .Values.proxy.autoEjectHosts }}
  then: error
  {{- end }}
{{- else -}}
eject: false
{{- end -}}
{{- end }}

{{/* A request must name a host that is the proxy's own: those of the service are, where there is one. */}}
{{- define "fairlead.adminConfig" -}}
{{- $name := include "fairlead.fullname" . -}}
{{- $service := printf "%s-metrics.%s" $name .Release.Namespace -}}
{{- $domain := printf "%s.svc.%s" $service .Values.clusterDomain -}}
{{- $hasService := and .Values.metrics.enabled (ne .Values.controller "sidecar") -}}
{{- $hosts := $hasService | ternary (list (printf "%s-metrics" $name) $service (printf "%s.svc" $service) $domain) list -}}
listen: 0.0.0.0:{{ int .Values.metrics.port }}
{{- with concat $hosts .Values.admin.hosts }}
hosts:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if include "fairlead.isHostNetwork" . }}
reuse_port: true
{{- end }}
{{- if .Values.admin.tokenSecret.name }}
token_file: /run/secrets/fairlead/admin/token
{{- end }}
{{- end }}

{{/* The configuration that the pods get; empty when it is in a ConfigMap that is there already. */}}
{{- define "fairlead.config" -}}
{{- if .Values.proxy.existingConfigMap -}}
{{- else if .Values.proxy.config -}}
{{- tpl .Values.proxy.config . -}}
{{- else if .Values.mcrouterCommandParams.configFile -}}
{{- $text := .Files.Get .Values.mcrouterCommandParams.configFile -}}
{{- if not $text -}}
{{- fail (printf "mcrouterCommandParams.configFile: %s (expected: a file inside of the chart; to give one from outside, use --set-file proxy.config=%s)" .Values.mcrouterCommandParams.configFile .Values.mcrouterCommandParams.configFile) -}}
{{- end -}}
{{- $text -}}
{{- else -}}
{{- include "fairlead.madeConfig" . -}}
{{- end -}}
{{- end }}

{{/* fairlead, twemproxy or mcrouter: JSON and its comments begin as no YAML of ours does. */}}
{{- define "fairlead.dialect" -}}
{{- if .Values.proxy.configDialect -}}
{{- .Values.proxy.configDialect -}}
{{- else if regexMatch "^\\s*(\\{|//|/\\*)" (include "fairlead.config" .) -}}
mcrouter
{{- else -}}
fairlead
{{- end -}}
{{- end }}

{{/* Arguments of the container. What the chart says in its own configuration, a foreign one is told here. */}}
{{- define "fairlead.args" -}}
- serve
- --config
- /etc/fairlead/fairlead.yaml
- --log-format
- {{ .Values.proxy.logFormat }}
- --log-level
- {{ .Values.proxy.logLevel }}
{{- if include "fairlead.isOwnConfig" . }}
{{- if eq (include "fairlead.dialect" .) "mcrouter" }}
- --listen
- {{ eq .Values.controller "sidecar" | ternary "127.0.0.1" "0.0.0.0" }}:{{ include "fairlead.port" . }}
{{- end }}
- --admin
- 0.0.0.0:{{ int .Values.metrics.port }}
{{- if .Values.admin.tokenSecret.name }}
- --admin-token-file
- /run/secrets/fairlead/admin/token
{{- end }}
{{- if ne "0" (include "fairlead.millis" .Values.drain.delay) }}
- --shutdown-delay
- {{ .Values.drain.delay }}
{{- end }}
- --shutdown-drain
- {{ .Values.drain.timeout }}
{{- if eq .Values.config.reload "restart" }}
- --no-reload
{{- end }}
{{- end }}
{{- with .Values.proxy.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}
