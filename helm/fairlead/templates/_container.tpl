{{/*
The container of the proxy: with the context, the maps java and resources, and what the first of them is called in
values.yaml.
*/}}
{{- define "fairlead.container" -}}
{{- $isHostNetwork := include "fairlead.isHostNetwork" .context -}}
{{- $exposure := include "fairlead.exposure" .context -}}
{{- $arguments := . -}}
{{- with .context -}}
name: fairlead
image: {{ include "fairlead.image" . | quote }}
imagePullPolicy: {{ include "fairlead.pullPolicy" . }}
args:
  {{- include "fairlead.args" . | nindent 2 }}
env:
  - name: JDK_JAVA_OPTIONS
    value: {{ include "fairlead.javaOptions" $arguments | quote }}
  {{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- if not $isHostNetwork }}
ports:
  - name: memcache
    containerPort: {{ include "fairlead.port" . }}
    protocol: TCP
    {{- if eq $exposure "hostPort" }}
    hostPort: {{ .Values.daemonset.hostPort | int }}
    {{- with .Values.daemonset.hostIP }}
    hostIP: {{ . }}
    {{- end }}
    {{- end }}
  - name: admin
    containerPort: {{ int .Values.metrics.port }}
    protocol: TCP
{{- end }}
startupProbe:
  {{- include "fairlead.probe" (dict "context" . "path" "/startupz" "times" .Values.probes.startup) | nindent 2 }}
livenessProbe:
  {{- include "fairlead.probe" (dict "context" . "path" "/livez" "times" .Values.probes.liveness) | nindent 2 }}
readinessProbe:
  {{- include "fairlead.probe" (dict "context" . "path" "/readyz" "times" .Values.probes.readiness) | nindent 2 }}
{{- with $arguments.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with include "fairlead.containerSecurity" . | fromYaml }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  - name: {{ include "fairlead.volume" "config" }}
    mountPath: /etc/fairlead
    readOnly: true
  - name: {{ include "fairlead.volume" "tmp" }}
    mountPath: /tmp
  {{- range include "fairlead.secrets" . | fromYamlArray }}
  - name: {{ include "fairlead.volume" .name }}
    mountPath: /run/secrets/fairlead/{{ .name }}
    readOnly: true
  {{- end }}
  {{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}

{{/* In the pod of somebody else nothing is said about whom the proxy runs as: it says so itself. */}}
{{- define "fairlead.containerSecurity" -}}
{{- $own := eq .Values.controller "sidecar" | ternary (omit .Values.podSecurityContext "fsGroup" "fsGroupChangePolicy" "supplementalGroups" "supplementalGroupsPolicy" "sysctls") dict -}}
{{- mustMergeOverwrite (deepCopy $own) (deepCopy .Values.securityContext) | toYaml -}}
{{- end }}

{{- define "fairlead.probe" -}}
httpGet:
  path: {{ .path }}
  port: {{ eq "true" (include "fairlead.isHostNetwork" .context) | ternary (int .context.Values.metrics.port) "admin" }}
{{ toYaml .times }}
{{- end }}

{{/* Names of secrets, as texts or as Kubernetes has them. */}}
{{- define "fairlead.pullSecrets" -}}
{{- range . }}
- name: {{ if kindIs "string" . }}{{ . }}{{ else }}{{ .name }}{{ end }}
{{- end }}
{{- end }}

{{/* Where services find the port of clients: in the network of the node it has no name. */}}
{{- define "fairlead.targetPort" -}}
{{- eq "true" (include "fairlead.isHostNetwork" .) | ternary (include "fairlead.port" .) "memcache" -}}
{{- end }}

{{/* Volumes have names of their own, as a sidecar is in the pod of somebody else. */}}
{{- define "fairlead.volume" -}}
fairlead-{{ . }}
{{- end }}

{{/* Secrets that are mounted, as a list of maps with name and secret; keys where they are others in the secret. */}}
{{- define "fairlead.secrets" -}}
{{- with .Values.admin.tokenSecret.name }}
- name: admin
  secret: {{ . }}
  items: [{ key: {{ $.Values.admin.tokenSecret.key }}, path: token }]
{{- end }}
{{- with .Values.tls.listener.secretName }}
- name: listener
  secret: {{ . }}
{{- end }}
{{- if .Values.tls.servers.enabled }}
{{- with .Values.tls.servers.caSecretName }}
- name: servers-ca
  secret: {{ . }}
  items: [{ key: ca.crt, path: ca.crt }]
{{- end }}
{{- with .Values.tls.servers.certificateSecretName }}
- name: servers
  secret: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "fairlead.volumes" -}}
- name: {{ include "fairlead.volume" "config" }}
  configMap:
    name: {{ .Values.proxy.existingConfigMap | default (include "fairlead.fullname" .) }}
    items:
      - key: {{ .Values.proxy.existingConfigMap | empty | ternary "fairlead.yaml" .Values.proxy.existingConfigMapKey }}
        path: fairlead.yaml
- name: {{ include "fairlead.volume" "tmp" }}
  emptyDir:
    sizeLimit: 64Mi
{{- range include "fairlead.secrets" . | fromYamlArray }}
- name: {{ include "fairlead.volume" .name }}
  secret:
    secretName: {{ .secret }}
    # Readable by the group that the pod runs in, and by nobody else.
    defaultMode: 0440
    {{- with .items }}
    items:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- end }}
