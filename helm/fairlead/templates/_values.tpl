{{/* What several values together mean. */}}

{{- define "fairlead.port" -}}
{{- .Values.mcrouterCommandParams.port | default .Values.proxy.port | int64 -}}
{{- end }}

{{/* hostPort, hostNetwork or none: of pods that are no DaemonSet always none. */}}
{{- define "fairlead.exposure" -}}
{{- if ne .Values.controller "daemonset" -}}
none
{{- else if and (eq .Values.daemonset.exposure "hostPort") (not .Values.daemonset.hostPort) -}}
none
{{- else -}}
{{- .Values.daemonset.exposure -}}
{{- end -}}
{{- end }}

{{- define "fairlead.isHostNetwork" -}}
{{- if eq (include "fairlead.exposure" .) "hostNetwork" }}true{{ end -}}
{{- end }}

{{/* Whether the configuration is one that the chart does not make. */}}
{{- define "fairlead.isOwnConfig" -}}
{{- if or .Values.proxy.config .Values.proxy.existingConfigMap .Values.mcrouterCommandParams.configFile }}true{{ end -}}
{{- end }}

{{/* Whether two proxies may share the ports of a node: the chart cannot see that in a configuration of one's own. */}}
{{- define "fairlead.canOverlap" -}}
{{- $exposure := include "fairlead.exposure" . -}}
{{- if or (eq $exposure "none") (and (eq $exposure "hostNetwork") (not (include "fairlead.isOwnConfig" .))) }}true{{ end -}}
{{- end }}

{{/* dns, srv or endpointslice. Names of pods are known only when it is known how many there are. */}}
{{- define "fairlead.discovery" -}}
{{- if and (eq .Values.proxy.discovery "dns") (not .Values.memcached.enabled) (kindIs "invalid" .Values.memcachedService.replicaCount) -}}
srv
{{- else -}}
{{- .Values.proxy.discovery -}}
{{- end -}}
{{- end }}

{{/* Whether the proxy asks the API of Kubernetes. */}}
{{- define "fairlead.asksApi" -}}
{{- if and (eq .Values.proxy.discovery "endpointslice") (not (include "fairlead.isOwnConfig" .)) }}true{{ end -}}
{{- end }}

{{/* The milliseconds of a time such as 500ms, 5s or 1m. */}}
{{- define "fairlead.millis" -}}
{{- if hasSuffix "ms" . -}}
{{- trimSuffix "ms" . | int64 -}}
{{- else if hasSuffix "s" . -}}
{{- mul 1000 (trimSuffix "s" . | int64) -}}
{{- else -}}
{{- mul 60000 (trimSuffix "m" . | int64) -}}
{{- end -}}
{{- end }}

{{/* How long a pod may take to end, in seconds: what drain says, and a little more to end by itself. */}}
{{- define "fairlead.gracePeriod" -}}
{{- $millis := add (include "fairlead.millis" .Values.drain.delay) (include "fairlead.millis" .Values.drain.timeout) -}}
{{- add 5 (ceil (divf $millis 1000) | int64) -}}
{{- end }}

{{/* The bytes of a quantity of Kubernetes, such as 512Mi. */}}
{{- define "fairlead.bytes" -}}
{{- $units := dict "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "k" 1000 "M" 1000000 "G" 1000000000 "" 1 -}}
{{- $text := toString . -}}
{{- $unit := regexFind "[A-Za-z]*$" $text -}}
{{- mulf (trimSuffix $unit $text | float64) (get $units $unit) | floor | int64 -}}
{{- end }}

{{/* Memory of Java, for JDK_JAVA_OPTIONS: of the map java, whose limit is in the map resources. */}}
{{- define "fairlead.javaOptions" -}}
{{- $heap := include "fairlead.bytes" .java.heap | int64 -}}
{{- $direct := include "fairlead.bytes" .java.directMemory | int64 -}}
{{- $limit := dig "limits" "memory" "" .resources -}}
{{- if and $limit (gt (add $heap $direct 104857600) (include "fairlead.bytes" $limit | int64)) -}}
{{- fail (printf "%s.heap: %s, with directMemory %s and 100Mi for the rest of Java, does not fit resources.limits.memory %s (expected: a higher limit, or less of the two)" .path .java.heap .java.directMemory (toString $limit)) -}}
{{- end -}}
{{- printf "-Xmx%s -XX:MaxDirectMemorySize=%s" (include "fairlead.javaSize" $heap) (include "fairlead.javaSize" $direct) -}}
{{- with .java.extraOptions }} {{ . }}{{ end -}}
{{- end }}

{{/* Bytes as Java takes them, in megabytes where that is exact. */}}
{{- define "fairlead.javaSize" -}}
{{- if eq 0 (int (mod . 1048576)) }}{{ div . 1048576 }}m{{ else }}{{ div . 1024 }}k{{ end -}}
{{- end }}
