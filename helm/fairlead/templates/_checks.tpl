{{/* What values.schema.json cannot say: each refusal names the key and what is right. */}}
{{- define "fairlead.checks" -}}
{{- if not (regexMatch "^[a-z]" (include "fairlead.fullname" .)) -}}
{{- fail (printf "name of the release: %s (expected: one that begins with a letter, as names of services do)" .Release.Name) -}}
{{- end -}}
{{- if regexMatch "(^|/)mcrouter([:@]|$)" (include "fairlead.image" .) -}}
{{- fail (printf "image: %s (expected: an image of Fairlead; leave image out)" (include "fairlead.image" .)) -}}
{{- end -}}
{{- if .Values.memcached.enabled -}}
{{- if eq (include "fairlead.fullname" .) (include "fairlead-memcached.fullname" .Subcharts.memcached) -}}
{{- fail (printf "nameOverride: the proxy is called %s (expected: another name, as the memcached servers have this one)" (include "fairlead.fullname" .)) -}}
{{- end -}}
{{- else if and (not .Values.memcachedService.serviceName) (not (include "fairlead.isOwnConfig" .)) -}}
{{- fail "memcachedService.serviceName: missing (expected: the headless service of the memcached servers, as memcached.enabled is false)" -}}
{{- end -}}
{{- if and (eq .Values.config.reload "restart") .Values.proxy.existingConfigMap -}}
{{- fail "config.reload: restart (expected: hot, as the chart cannot see what is in proxy.existingConfigMap)" -}}
{{- end -}}
{{- if and .Values.networkPolicy.enabled (include "fairlead.isOwnConfig" .) (not .Values.networkPolicy.extraEgress) -}}
{{- fail "networkPolicy.extraEgress: missing (expected: where the servers of your configuration are, as the chart does not read it)" -}}
{{- end -}}
{{- if and .Values.proxy.existingConfigMap (or .Values.proxy.config .Values.mcrouterCommandParams.configFile) -}}
{{- fail "proxy.existingConfigMap: given beside another configuration (expected: one of proxy.config, proxy.existingConfigMap and mcrouterCommandParams.configFile)" -}}
{{- end -}}
{{- if and .Values.proxy.config .Values.mcrouterCommandParams.configFile -}}
{{- fail "proxy.config: given beside mcrouterCommandParams.configFile (expected: one of the two)" -}}
{{- end -}}
{{- if and (hasPrefix "weighted_" .Values.proxy.distribution) (not (hasKey .Values.proxy.poolOptions "weights")) -}}
{{- fail (printf "proxy.poolOptions.weights: missing (expected: a list of 0 to 1, one for each server, as proxy.distribution is %s)" .Values.proxy.distribution) -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- fail (printf "autoscaling.minReplicas: %d (expected: at most autoscaling.maxReplicas, %d)" (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if eq (include "fairlead.port" .) (toString (int .Values.metrics.port)) -}}
{{- fail (printf "metrics.port: %d (expected: another port than proxy.port)" (int .Values.metrics.port)) -}}
{{- end -}}
{{- end }}
