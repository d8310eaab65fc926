{{/* A text as it is, or cut to so many characters, with a digest in place of what is gone: it stays one of its kind. */}}
{{- define "fairlead.fold" -}}
{{- if or (gt (len .text) .most) (contains "." .text) -}}
{{- printf "%s-%s" (.text | replace "." "-" | trunc (int (sub .most 9)) | trimSuffix "-") (sha256sum .text | trunc 8) -}}
{{- else -}}
{{- .text -}}
{{- end -}}
{{- end }}

{{- define "fairlead.name" -}}
{{- default .Chart.Name .Values.nameOverride -}}
{{- end }}

{{/*
The name of most objects: the release and the chart. At most 52 characters, as Kubernetes puts 11 behind that of a
StatefulSet, in labels of 63. No shorter form for a release that has the name of the chart in its own: two releases
could then have one name.
*/}}
{{- define "fairlead.fullname" -}}
{{- $name := include "fairlead.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else if eq .Release.Name $name -}}
{{- $name -}}
{{- else -}}
{{- include "fairlead.fold" (dict "text" (printf "%s-%s" .Release.Name $name) "most" 52) -}}
{{- end -}}
{{- end }}

{{- define "fairlead.serviceAccountName" -}}
{{- if .Values.serviceAccount.name -}}
{{- .Values.serviceAccount.name -}}
{{- else if .Values.serviceAccount.create -}}
{{- include "fairlead.fullname" . -}}
{{- else -}}
default
{{- end -}}
{{- end }}

{{- define "fairlead.selectorLabels" -}}
app.kubernetes.io/name: {{ include "fairlead.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: proxy
{{- end }}

{{/* The pod of `helm test`: no service leads to it, and the policy lets it in. */}}
{{- define "fairlead.smokeLabels" -}}
{{- mustMergeOverwrite (include "fairlead.selectorLabels" . | fromYaml) (dict "app.kubernetes.io/component" "smoke-test") | toYaml -}}
{{- end }}

{{- define "fairlead.ownLabels" -}}
{{ include "fairlead.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 }}
{{- end }}

{{- define "fairlead.labels" -}}
{{- mustMergeOverwrite (deepCopy .Values.commonLabels) (include "fairlead.ownLabels" . | fromYaml) | toYaml -}}
{{- end }}

{{/* Name, namespace and labels of an object; with the context, and what is put behind the name. */}}
{{- define "fairlead.metadata" -}}
name: {{ include "fairlead.fullname" .context }}{{ .suffix }}
namespace: {{ .namespace | default .context.Release.Namespace }}
labels:
  {{- mustMergeOverwrite (deepCopy (.labels | default dict)) (include "fairlead.labels" .context | fromYaml) | toYaml | nindent 2 }}
{{- end }}

{{- define "fairlead.image" -}}
{{- if kindIs "string" .Values.image -}}
{{- .Values.image -}}
{{- else if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end }}

{{- define "fairlead.pullPolicy" -}}
{{- $own := kindIs "string" .Values.image | ternary "" (get (kindIs "string" .Values.image | ternary dict .Values.image) "pullPolicy") -}}
{{- .Values.imagePullPolicy | default $own | default "IfNotPresent" -}}
{{- end }}
