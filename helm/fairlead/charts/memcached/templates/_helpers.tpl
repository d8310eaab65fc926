{{/* The release and this chart, whatever the release is called; cut like the names of the proxy. */}}
{{- define "fairlead-memcached.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else -}}
{{- $text := printf "%s-%s" .Release.Name (include "fairlead-memcached.name" .) -}}
{{- if or (gt (len $text) 52) (contains "." $text) -}}
{{- printf "%s-%s" ($text | replace "." "-" | trunc 43 | trimSuffix "-") (sha256sum $text | trunc 8) -}}
{{- else -}}
{{- $text -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "fairlead-memcached.name" -}}
{{- default .Chart.Name .Values.nameOverride -}}
{{- end }}

{{- define "fairlead-memcached.selectorLabels" -}}
app.kubernetes.io/name: {{ include "fairlead-memcached.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: cache
{{- end }}

{{- define "fairlead-memcached.ownLabels" -}}
{{ include "fairlead-memcached.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
{{- end }}

{{- define "fairlead-memcached.labels" -}}
{{- mustMergeOverwrite (deepCopy .Values.commonLabels) (include "fairlead-memcached.ownLabels" . | fromYaml) | toYaml -}}
{{- end }}

{{- define "fairlead-memcached.metadata" -}}
name: {{ include "fairlead-memcached.fullname" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "fairlead-memcached.labels" . | nindent 2 }}
{{- end }}

{{- define "fairlead-memcached.image" -}}
{{- if kindIs "string" .Values.image -}}
{{- .Values.image -}}
{{- else if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default (printf "%s-alpine" .Chart.AppVersion) .Values.image.tag) -}}
{{- end -}}
{{- end }}

{{- define "fairlead-memcached.pullPolicy" -}}
{{- if kindIs "string" .Values.image -}}
IfNotPresent
{{- else -}}
{{- .Values.image.pullPolicy -}}
{{- end -}}
{{- end }}

{{/* What is given as a list or, as in stable/memcached, as a text; a template in both cases. */}}
{{- define "fairlead-memcached.list" -}}
{{- tpl (kindIs "string" .value | ternary .value (toYaml .value)) .context -}}
{{- end }}

{{- define "fairlead-memcached.affinity" -}}
{{- $affinity := deepCopy .Values.affinity -}}
{{- $kind := .Values.AntiAffinity | default .Values.antiAffinity -}}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "fairlead-memcached.selectorLabels" . | fromYaml)) -}}
{{- if hasKey $affinity "podAntiAffinity" -}}
{{- else if eq $kind "hard" -}}
{{- $_ := set $affinity "podAntiAffinity" (dict "requiredDuringSchedulingIgnoredDuringExecution" (list $term)) -}}
{{- else if eq $kind "soft" -}}
{{- $_ := set $affinity "podAntiAffinity" (dict "preferredDuringSchedulingIgnoredDuringExecution" (list (dict "weight" 100 "podAffinityTerm" $term))) -}}
{{- end -}}
{{- if $affinity -}}
{{- toYaml $affinity -}}
{{- end -}}
{{- end }}

{{/* Items are not all that memcached keeps: connections, threads and its hash table come on top. */}}
{{- define "fairlead-memcached.checks" -}}
{{- $limit := dig "limits" "memory" "" .Values.resources | toString -}}
{{- if regexMatch "^[0-9]+(Mi|Gi)$" $limit -}}
{{- $mebibytes := mul (regexFind "^[0-9]+" $limit | int64) (hasSuffix "Gi" $limit | ternary 1024 1) -}}
{{- if lt $mebibytes (add 48 (int64 .Values.memcached.maxItemMemory)) -}}
{{- fail (printf "memcached.resources.limits.memory: %s (expected: at least %dMi, which is memcached.memcached.maxItemMemory and 48Mi)" $limit (add 48 (int64 .Values.memcached.maxItemMemory))) -}}
{{- end -}}
{{- end -}}
{{- end }}
