{{/*
The proxy in the pods of another chart, which has this one among its dependencies, with controller: sidecar. All of
these take the scope of this chart in the other one, .Subcharts.fairlead:

  initContainers: {{- include "fairlead.sidecar.initContainers" .Subcharts.fairlead | nindent 8 }}
  containers:     {{- include "fairlead.sidecar.containers" .Subcharts.fairlead | nindent 8 }}
  volumes:        {{- include "fairlead.sidecar.volumes" .Subcharts.fairlead | nindent 8 }}

From Kubernetes 1.29 on it is an init container that goes on running: it is ready before the application starts, and
ends after it. Before, a container among the others.
*/}}

{{- define "fairlead.sidecar.isNative" -}}
{{- if semverCompare ">=1.29-0" .Capabilities.KubeVersion.Version }}true{{ end -}}
{{- end }}

{{- define "fairlead.sidecar.container" -}}
{{- if ne .Values.controller "sidecar" -}}
{{- fail (printf "controller: %s (expected: sidecar, as another chart takes the proxy into its pods)" .Values.controller) -}}
{{- end -}}
{{ include "fairlead.container" (dict "context" . "java" .Values.sidecar.java "resources" .Values.sidecar.resources "path" "sidecar.java") }}
{{- if include "fairlead.sidecar.isNative" . }}
restartPolicy: Always
{{- end }}
{{- end }}

{{- define "fairlead.sidecar.initContainers" -}}
{{- if include "fairlead.sidecar.isNative" . -}}
- {{ include "fairlead.sidecar.container" . | nindent 2 | trim }}
{{- end -}}
{{- end }}

{{- define "fairlead.sidecar.containers" -}}
{{- if not (include "fairlead.sidecar.isNative" .) -}}
- {{ include "fairlead.sidecar.container" . | nindent 2 | trim }}
{{- end -}}
{{- end }}

{{- define "fairlead.sidecar.volumes" -}}
{{ include "fairlead.volumes" . }}
{{- end }}

{{/* The configuration; its checksum in an annotation of the pod has the pod replaced when it changes. */}}
{{- define "fairlead.sidecar.config" -}}
{{ include "fairlead.config" . }}
{{- end }}
