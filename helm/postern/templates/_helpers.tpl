{{- define "postern.aliased" -}}{{ if ne .Chart.Name "postern" }}yes{{ end }}{{- end }}

{{- define "postern.name" -}}{{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}{{- end }}

{{/* A sub-chart with an alias is called by its alias alone, whatever the release is called. */}}
{{- define "postern.fullname" -}}
{{- $name := include "postern.name" . -}}
{{- if .Values.fullnameOverride -}}{{ .Values.fullnameOverride | trunc 52 | trimSuffix "-" }}
{{- else if or (include "postern.aliased" .) (contains $name .Release.Name) -}}{{ ternary $name .Release.Name (ne (include "postern.aliased" .) "") | trunc 52 | trimSuffix "-" }}
{{- else -}}{{ printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" }}{{- end -}}
{{- end }}

{{- define "postern.namespace" -}}{{ default .Release.Namespace .Values.namespaceOverride }}{{- end }}

{{- define "postern.middleware" -}}
{{- /* what AKKO's routes name already; two aliases in one parent must not share a name */ -}}
{{- default (ternary "oauth2-proxy-forward-auth" (printf "%s-forward-auth" (include "postern.fullname" .)) (eq .Chart.Name "akko-oauth2-proxy")) .Values.middleware.name -}}
{{- end }}

{{/* Alternatives that match the listed headers with at least one separator written otherwise, and never as listed; those of X-Auth-Request stand in the values: a list. */}}
{{- define "postern.otherSpellings" -}}
{{- range $header := uniq . }}{{ if not (hasPrefix "x-auth-request-" (lower $header)) -}}
{{- $parts := regexFindAll "[A-Za-z0-9]+|[^A-Za-z0-9]" $header -1 -}}
{{- range $differs, $part := $parts }}{{ if not (regexMatch "[A-Za-z0-9]" $part) -}}
|(?i:^{{ range $i, $p := $parts }}{{ if regexMatch "[A-Za-z0-9]" $p }}{{ $p }}{{ else if eq $i $differs }}[^{{ $p }}a-z0-9]{{ else }}[^a-z0-9]{{ end }}{{ end }}$)
{{- end }}{{ end -}}
{{- end }}{{ end -}}
{{- end }}

{{- define "postern.serviceAccount" -}}
{{- if .Values.serviceAccount.enabled -}}{{ default (include "postern.fullname" .) .Values.serviceAccount.name }}
{{- else -}}{{ default "default" .Values.serviceAccount.name }}{{- end -}}
{{- end }}

{{- define "postern.selector" -}}
app.kubernetes.io/name: {{ include "postern.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "postern.labels" -}}
{{ include "postern.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- with merge dict .Values.customLabels (default dict .Values.commonLabels) }}
{{ tpl (toYaml .) $ }}
{{- end }}
{{- end }}

{{/* What a flag or a variable of the user's sets an option to, the flag first; empty where none does: list of root, flag. */}}
{{- define "postern.told" -}}
{{- $v := (index . 0).Values -}}{{- $flag := index . 1 -}}{{- $found := "" -}}
{{- range $v.extraEnv }}{{ if eq .name (printf "OAUTH2_PROXY_%s" ($flag | upper | replace "-" "_")) }}{{ $found = tpl (toString (default "" .value)) (index $ 0) }}{{ end }}{{ end -}}
{{- if kindIs "map" $v.extraArgs }}{{ if hasKey $v.extraArgs $flag }}{{ $found = tpl (toString (default "" (index $v.extraArgs $flag))) (index . 0) }}{{ end }}
{{- else }}{{ $found = default $found (regexFind (printf "(^| )--%s[= ]\\S+" $flag) (join " " $v.extraArgs) | trimPrefix " " | trimPrefix (printf "--%s" $flag) | trimAll "= ") }}{{ end -}}
{{- $found -}}
{{- end }}

{{/* The same, or what the settings file says. Not seen are envFrom, valueFrom and config.existingConfig: NOTES.txt says so. */}}
{{- define "postern.option" -}}
{{- $file := ternary "" (default "" (index . 0).Values.config.configFile) (ne (default "" (index . 0).Values.config.existingConfig) "") -}}
{{- $line := regexFind (printf "(?m)^\\s*%s\\s*=\\s*[\"'][^\"']*" (index . 1 | replace "-" "_")) $file -}}
{{- default (tpl (regexFind "[^\"']*$" $line) (index . 0)) (include "postern.told" .) -}}
{{- end }}

{{/* The path below which Postern's own pages are. */}}
{{- define "postern.prefix" -}}
{{- printf "/%s" (default "oauth2" (include "postern.option" (list . "proxy-prefix") | trimAll "/")) -}}
{{- end }}

{{/* The port of an address that the chart sets by itself unless a flag or a variable sets another: list of root, flag, port. */}}
{{- define "postern.port" -}}
{{- $told := include "postern.told" . -}}
{{- if regexMatch "^(https?://)?(127\\.|localhost|\\[::1\\])" $told }}{{ fail (printf "%s: %s is reached by nobody outside of the pod, probes included; write the port alone, as in :%v" (index . 1) $told (index . 2)) }}{{ end -}}
{{- default (index . 2) (regexFind ":[0-9]+/?$" $told | trimAll ":/") -}}
{{- end }}

{{- define "postern.mainPort" -}}
{{- include "postern.port" (list . (printf "%s-address" .Values.httpScheme) (default 4180 .Values.containerPort)) -}}
{{- end }}

{{- define "postern.metricsPort" -}}{{ include "postern.port" (list . "metrics-address" .Values.metrics.port) }}{{- end }}

{{- define "postern.clusterPort" -}}{{ include "postern.port" (list . "cluster-address" .Values.cluster.port) }}{{- end }}

{{/* A length of time such as 1m30s, in whole seconds, rounded up. */}}
{{- define "postern.seconds" -}}
{{- $units := dict "h" 3600 "m" 60 "s" 1 "ms" 0.001 "us" 0.000001 "ns" 0.000000001 -}}
{{- $sum := 0.0 -}}
{{- range regexFindAll "[0-9.]+(h|ms|us|ns|m|s)" . -1 }}{{ $sum = addf $sum (mulf (regexFind "[0-9.]+" . | float64) (get $units (regexFind "[a-z]+$" .))) }}{{ end -}}
{{- ceil $sum -}}
{{- end }}

{{/* A quantity of Kubernetes such as 100m or 128Mi, in whole thousandths. */}}
{{- define "postern.thousandths" -}}
{{- $units := dict "" 1 "m" 0.001 "u" 0.000001 "n" 0.000000001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 "Ei" 1152921504606846976 -}}
{{- $number := regexFind "^[0-9.]+([eE][+-]?[0-9]+)?" (toString .) -}}
{{- mulf 1000 (float64 $number) (float64 (get $units (trimPrefix $number (toString .)))) | ceil | printf "%.0f" -}}
{{- end }}

{{/* What of a resource is asked for or admitted, in whole thousandths; empty if nothing: list of root, requests or limits, cpu or memory. */}}
{{- define "postern.resource" -}}
{{- with get (default dict (get (index . 0).Values.resources (index . 1))) (index . 2) }}{{ include "postern.thousandths" . }}{{ end -}}
{{- end }}

{{/* The resources. An amount that is taken back with null must not stay: Kubernetes would read 0. */}}
{{- define "postern.resources" -}}
{{- $resources := deepCopy .Values.resources -}}
{{- range list "requests" "limits" }}{{ $amounts := default dict (get $resources .) -}}
{{- range $name, $amount := $amounts }}{{ if kindIs "invalid" $amount }}{{ $_ := unset $amounts $name }}{{ end }}{{ end -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end }}

{{/* Fails where Kubernetes would refuse the resources, or Postern would never be up with them. */}}
{{- define "postern.checkResources" -}}
{{- $memory := include "postern.resource" (list . "limits" "memory") -}}
{{- if and $memory (lt (float64 $memory) (mulf 192 1048576000)) }}{{ fail (printf "resources.limits.memory: %v is too little for a JVM, which takes 180 MiB when nobody asks; set 256Mi, or 384Mi with sessions in Redis or Tomcat" .Values.resources.limits.memory) }}{{ end -}}
{{- $start := include "postern.start" . -}}{{- $name := ternary "startupProbe" "livenessProbe" .Values.startupProbe.enabled -}}{{- $probe := get .Values $name -}}
{{- $patience := add (mul $probe.periodSeconds $probe.failureThreshold) (default 0 $probe.initialDelaySeconds) -}}
{{- if and $start $probe.enabled (gt (float64 $start) (float64 $patience)) }}{{ fail (printf "resources.limits.cpu: with %v a start takes up to %s s, and %s ends the pod after %d s; leave the limit out, or raise %s.failureThreshold" .Values.resources.limits.cpu $start $name $patience $name) }}{{ end -}}
{{- range $name := list "cpu" "memory" -}}
{{- $request := include "postern.resource" (list $ "requests" $name) -}}{{- $limit := include "postern.resource" (list $ "limits" $name) -}}
{{- if and $limit $request (gt (float64 $request) (float64 $limit)) }}{{ fail (printf "resources.requests.%s: %v is above the limit of %v; set it too" $name (get $.Values.resources.requests $name) (get $.Values.resources.limits $name)) }}{{ end -}}
{{- end -}}
{{- end }}

{{/* Seconds that a start takes with the CPU limit: it costs up to 9 s of a CPU. Empty without a limit. */}}
{{- define "postern.start" -}}
{{- with include "postern.resource" (list . "limits" "cpu") }}{{ divf 9000 (maxf 1 .) | ceil }}{{ end -}}
{{- end }}

{{- define "postern.shutdownDelay" -}}{{ include "postern.seconds" (default "3s" (include "postern.option" (list . "shutdown-delay"))) }}{{- end }}

{{/* What the end of a pod takes at least: its hook, shutdown-delay, and 12 s: requests in flight 3, traces 3, lines of the log 5, the JVM 1. */}}
{{- define "postern.leastGrace" -}}
{{- $hook := default dict .Values.lifecycle.preStop | toJson -}}
{{- $wait := regexFind "(sleep|seconds)[^0-9]{1,4}[0-9]+" $hook | regexFind "[0-9]+$" -}}
{{- add (int (default "0" $wait)) (int (include "postern.shutdownDelay" .)) 12 -}}
{{- end }}

{{- define "postern.grace" -}}
{{- $least := int (include "postern.leastGrace" .) -}}
{{- if kindIs "invalid" .Values.terminationGracePeriodSeconds }}{{ max 30 $least }}
{{- else if lt (int .Values.terminationGracePeriodSeconds) $least }}{{ fail (printf "terminationGracePeriodSeconds: is too short for lifecycle.preStop, shutdown-delay (%s s) and the requests in flight; set %d or more, or leave it out" (include "postern.shutdownDelay" .) $least) }}
{{- else }}{{ int .Values.terminationGracePeriodSeconds }}{{ end -}}
{{- end }}

{{/* metadata of an object: list of root, suffix, annotations, labels, namespace */}}
{{- define "postern.metadata" -}}
{{- $root := index . 0 -}}
name: {{ include "postern.fullname" $root }}{{ index . 1 }}
namespace: {{ default (include "postern.namespace" $root) (index . 4) }}
labels:
  {{- include "postern.labels" $root | nindent 2 }}
  {{- with index . 3 }}
  {{- tpl (toYaml .) $root | nindent 2 }}
  {{- end }}
{{- with index . 2 }}
annotations:
  {{- tpl (toYaml .) $root | nindent 2 }}
{{- end }}
{{- end }}

{{- define "postern.image" -}}
{{- $global := default dict .Values.global -}}
{{- $registry := default (tpl (default "" $global.imageRegistry) .) (tpl (default "" .Values.image.registry) .) -}}
{{- with $registry }}{{ trimSuffix "/" . }}/{{ end }}{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}

{{- define "postern.ownSecret" -}}
{{- $c := .Values.config -}}
{{- if and (not $c.existingSecret) (or $c.clientID $c.clientSecret $c.cookieSecret) -}}yes{{- end -}}
{{- end }}

{{- define "postern.secretName" -}}{{ default (include "postern.fullname" .) (tpl (default "" .Values.config.existingSecret) .) }}{{- end }}

{{/* One secret of the values: list of name, text. Fails on what is missing or copied from an example. */}}
{{- define "postern.checkedSecret" -}}
{{- $name := index . 0 -}}{{- $text := index . 1 -}}
{{- if not $text }}{{ fail (printf "config.%s: is missing; set it, or name a Secret with all three in config.existingSecret" $name) }}{{ end -}}
{{- if contains "{{" $text }}{{ fail (printf "config.%s: holds a template that nothing filled in; write the secret itself, or name its Secret in config.existingSecret" $name) }}{{ end -}}
{{- if regexMatch "(?i)^x+$|^<.*>$|change.?me|placeholder|replace.?me|your.?secret" $text }}{{ fail (printf "config.%s: is a placeholder; set your own" $name) }}{{ end -}}
{{- $text -}}
{{- end }}

{{- define "postern.isKey" -}}
{{- $plain := trimAll "=" . | replace "-" "+" | replace "_" "/" -}}
{{- $padded := printf "%s%s" $plain (index (list "" "" "==" "=") (mod (len $plain) 4 | int)) -}}
{{- if or (has (len .) (list 16 24 32)) (and (regexMatch "^[A-Za-z0-9+/]+$" $plain) (has (len ($padded | b64dec)) (list 16 24 32))) -}}yes{{- end -}}
{{- end }}

{{/* One secret of the values, as it belongs into the Secret: list of root, key. */}}
{{- define "postern.secretText" -}}
{{- $name := get (dict "client-id" "clientID" "client-secret" "clientSecret" "cookie-secret" "cookieSecret") (index . 1) -}}
{{- $text := include "postern.checkedSecret" (list $name (tpl (default "" (index (index . 0).Values.config $name)) (index . 0))) -}}
{{- if eq $name "cookieSecret" }}{{ include "postern.checkKeys" $text }}{{ end -}}
{{- $text -}}
{{- end }}

{{- define "postern.checkKeys" -}}
{{- $text := . -}}
{{- if not (include "postern.isKey" $text) -}}
{{- range splitList "," $text }}{{ if not (include "postern.isKey" (trim .)) }}{{ fail "config.cookieSecret: is not 16, 24 or 32 bytes, raw or base64; make one with: openssl rand -base64 32" }}{{ end }}{{ end -}}
{{- end -}}
{{- end }}

{{- define "postern.hasConfigMap" -}}{{ if not .Values.config.existingConfig }}yes{{ end }}{{- end }}

{{/* Whether a flag or a variable of the user's names an option, whatever it says, valueFrom included: list of root, flag and, as a pattern, the variable's end. */}}
{{- define "postern.named" -}}
{{- $v := (index . 0).Values -}}{{- $variable := printf "^OAUTH2_PROXY_%s$" (index . 2) -}}
{{- range tpl (toYaml $v.extraEnv) (index . 0) | fromYamlArray }}{{ if regexMatch $variable .name }}yes{{ end }}{{ end -}}
{{- if regexMatch (printf "(?m)[\"\\s]--?%s([=\"\\s]|$)" (index . 1)) (printf "%s\n%s" (include "postern.args" (index . 0)) (toJson $v.image.command)) }}yes{{ end -}}
{{- end }}

{{/* Whether the user's settings say who may sign in, as far as the chart sees them. */}}
{{- define "postern.admits" -}}
{{- $v := .Values -}}
{{- if or $v.authenticatedEmailsFile.enabled $v.htpasswdFile.enabled $v.config.configFile $v.config.existingConfig }}yes{{ end -}}
{{- include "postern.named" (list . "authenticated-emails-file" "AUTHENTICATED_EMAILS_FILE") -}}
{{- include "postern.named" (list . "htpasswd-file" "HTPASSWD_FILE") -}}
{{- include "postern.named" (list . "email-domains?" "EMAIL_DOMAINS?") -}}
{{- include "postern.named" (list . "config" "CONFIG") -}}
{{- end }}

{{/* Fails on domains beside a settings file that says who may sign in: the oauth2-proxy chart reads the file alone, and here both would count. */}}
{{- define "postern.checkDomains" -}}
{{- $c := .Values.config -}}
{{- $domains := regexMatch "(?m)^\\s*[\"']?email[-_]domains?[\"']?\\s*=" (default "" $c.configFile) -}}
{{- $people := regexMatch "(?m)^\\s*[\"']?(authenticated[-_]emails|htpasswd)[-_]file[\"']?\\s*=" (default "" $c.configFile) -}}
{{- if and $c.emailDomains (or $c.existingConfig $domains (and $people (has "*" $c.emailDomains))) }}{{ fail (printf "config.emailDomains: would let in more people than config.%s, which says who may sign in; remove it, and write there what is missing" (ternary "existingConfig" "configFile" (ne (default "" $c.existingConfig) ""))) }}{{ end -}}
{{- end }}

{{/* Fails where the chart cannot know who may sign in: it opens to everybody only what it sees all of. */}}
{{- define "postern.checkAdmission" -}}
{{- $domains := .Values.config.emailDomains -}}
{{- if not (or $domains (include "postern.admits" .)) -}}
{{- if and (kindIs "invalid" $domains) .Values.envFrom }}{{ fail "config.emailDomains: is missing, and the chart does not see whether envFrom names a list of people; set the domains, [\"*\"] for everybody of the provider, or [] if envFrom says who may sign in" }}{{ end -}}
{{- if and (kindIs "slice" $domains) (not .Values.envFrom) }}{{ fail "config.emailDomains: is empty and there is no list of people, so nobody could sign in; set the domains, or [\"*\"] for everybody of the provider" }}{{ end -}}
{{- end -}}
{{- end }}

{{/* The settings file; without one of the user's, who may sign in and with what: everybody only where nothing says who. */}}
{{- define "postern.configFile" -}}
{{- if .Values.config.configFile -}}{{ tpl .Values.config.configFile . }}
{{- else -}}
provider = "keycloak-oidc"
{{- if not (or (eq (toString .Values.config.forceLegacyConfig) "false") (kindIs "slice" .Values.config.emailDomains) .Values.envFrom (include "postern.admits" .)) }}
email_domains = ["*"]
{{- end }}
{{- end }}
{{- end }}

{{- define "postern.list" -}}{{ if kindIs "slice" . }}{{ join "," . }}{{ else }}{{ . }}{{ end }}{{- end }}

{{- define "postern.redisUrl" -}}
{{- if contains "@" . }}{{ fail "sessionStorage.redis: an address with a user or a password would show it; write redis://HOST:PORT and set username and password beside it" }}{{ end -}}
{{- . -}}
{{- end }}

{{- define "postern.args" -}}
{{- if kindIs "map" .Values.extraArgs -}}
{{- range $name, $value := .Values.extraArgs }}
- {{ if kindIs "slice" $value }}{{ printf "--%s=%s" $name (join "," $value) | quote }}{{ else if kindIs "invalid" $value }}{{ printf "--%s" $name | quote }}{{ else }}{{ tpl (printf "--%s=%v" $name $value) $ | quote }}{{ end }}
{{- end }}
{{- else }}
{{- range .Values.extraArgs }}
- {{ toString . | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- define "postern.variable" -}}
- name: OAUTH2_PROXY_{{ index . 0 }}
  value: {{ index . 1 | toString | quote }}
{{- end }}

{{- define "postern.secretVariable" -}}
- name: OAUTH2_PROXY_{{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- define "postern.environment" -}}
{{- $v := .Values -}}
{{ include "postern.variable" (list (ternary "HTTPS_ADDRESS" "HTTP_ADDRESS" (eq $v.httpScheme "https")) (printf "0.0.0.0:%v" (default 4180 $v.containerPort))) }}
{{ include "postern.variable" (list "CONFIG" "/etc/oauth2_proxy/oauth2_proxy.cfg") }}
{{- $keys := dict "client-id" "CLIENT_ID" "client-secret" "CLIENT_SECRET" "cookie-secret" "COOKIE_SECRET" }}
{{- range $v.config.requiredSecretKeys }}
{{ include "postern.secretVariable" (list (get $keys .) (include "postern.secretName" $) .) }}
{{- end }}
{{- $domain := include "postern.list" $v.cookie.domain }}
{{- range $name, $value := dict "PROVIDER" $v.provider "OIDC_ISSUER_URL" $v.issuerUrl "REDIRECT_URL" $v.redirectUrl "COOKIE_NAME" (default $v.config.cookieName $v.cookie.name) "COOKIE_DOMAINS" $domain "EMAIL_DOMAINS" (join "," (default list $v.config.emailDomains)) "UPSTREAMS" (join "," $v.config.upstreams) }}
{{- with $value }}
{{ include "postern.variable" (list $name (tpl . $)) }}
{{- end }}
{{- end }}
{{- if or $v.accessRules.content $v.accessRules.existingConfigMap }}
{{ include "postern.variable" (list "ACCESS_RULES_FILE" "/etc/postern/rules/rules.toml") }}
{{- end }}
{{- if $v.authenticatedEmailsFile.enabled }}
{{ include "postern.variable" (list "AUTHENTICATED_EMAILS_FILE" "/etc/postern/emails/list") }}
{{- end }}
{{- if $v.htpasswdFile.enabled }}
{{ include "postern.variable" (list "HTPASSWD_FILE" "/etc/postern/users/users.txt") }}
{{- end }}
{{- if $v.metrics.enabled }}
{{ include "postern.variable" (list "METRICS_ADDRESS" (printf "0.0.0.0:%v" $v.metrics.port)) }}
{{- end }}
{{ include "postern.storeEnvironment" . }}
{{- end }}

{{/* All variables. One of the user's stands in for one of the chart's: a name that stands twice is refused by server-side apply. */}}
{{- define "postern.variables" -}}
{{- $extra := tpl (toYaml .Values.extraEnv) . | fromYamlArray -}}
{{- $names := list }}{{ range $extra }}{{ $names = append $names .name }}{{ end -}}
{{- $kept := list }}{{ range include "postern.environment" . | fromYamlArray }}{{ if not (has .name $names) }}{{ $kept = append $kept . }}{{ end }}{{ end -}}
{{- concat $kept $extra | toYaml -}}
{{- end }}

{{- define "postern.storeEnvironment" -}}
{{- $v := .Values -}}{{- $r := $v.sessionStorage.redis -}}
{{- if ne $v.sessionStorage.type "cookie" }}
{{ include "postern.variable" (list "SESSION_STORE_TYPE" $v.sessionStorage.type) }}
{{- end }}
{{- if $v.cluster.type }}
{{ include "postern.variable" (list "CLUSTER" $v.cluster.type) }}
{{ include "postern.variable" (list "CLUSTER_ADDRESS" (printf ":%v" $v.cluster.port)) }}
- name: KUBERNETES_NAMESPACE
  valueFrom: { fieldRef: { fieldPath: metadata.namespace } }
- name: KUBERNETES_LABELS
  value: {{ printf "app.kubernetes.io/name=%s,app.kubernetes.io/instance=%s" (include "postern.name" .) .Release.Name | quote }}
{{- end }}
{{- if include "postern.redis" . }}
{{- if eq $r.clientType "standalone" }}
{{ include "postern.variable" (list "REDIS_CONNECTION_URL" (include "postern.redisUrl" (tpl $r.standalone.connectionUrl .))) }}
{{- else if eq $r.clientType "cluster" }}
{{ include "postern.variable" (list "REDIS_USE_CLUSTER" "true") }}
{{ include "postern.variable" (list "REDIS_CLUSTER_CONNECTION_URLS" (include "postern.redisUrl" (include "postern.list" $r.cluster.connectionUrls))) }}
{{- else }}
{{ include "postern.variable" (list "REDIS_USE_SENTINEL" "true") }}
{{ include "postern.variable" (list "REDIS_SENTINEL_MASTER_NAME" $r.sentinel.masterName) }}
{{ include "postern.variable" (list "REDIS_SENTINEL_CONNECTION_URLS" (include "postern.redisUrl" (include "postern.list" $r.sentinel.connectionUrls))) }}
{{- if or $r.sentinel.existingSecret $r.existingSecret $r.sentinel.password }}
{{ include "postern.secretVariable" (list "REDIS_SENTINEL_PASSWORD" (coalesce $r.sentinel.existingSecret $r.existingSecret (printf "%s-redis" (include "postern.fullname" .))) $r.sentinel.passwordKey) }}
{{- if and $r.existingSecret (not $r.sentinel.existingSecret) }}
{{- /* a Secret for Redis need not have a password for the Sentinels */}}
      optional: true
{{- end }}
{{- end }}
{{- end }}
{{- with $r.username }}
{{ include "postern.variable" (list "REDIS_USERNAME" .) }}
{{- end }}
{{- if or $r.password $r.existingSecret }}
{{ include "postern.secretVariable" (list "REDIS_PASSWORD" (default (printf "%s-redis" (include "postern.fullname" .)) $r.existingSecret) $r.passwordKey) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "postern.redis" -}}
{{- $r := .Values.sessionStorage.redis -}}
{{- if or $r.standalone.connectionUrl $r.cluster.connectionUrls $r.sentinel.connectionUrls -}}yes{{- end -}}
{{- end }}

{{/* A probe: list of root, values of the probe, flag of the path's option, path. */}}
{{- define "postern.probe" -}}
{{- $root := index . 0 -}}{{- $flag := index . 2 -}}
{{- $agent := ternary (include "postern.option" (list $root "ping-user-agent")) "" (eq $flag "ping-path") -}}
httpGet:
  path: {{ default (include "postern.option" (list $root $flag) | trimSuffix "/" | default (printf "/%s" (trimSuffix "-path" $flag))) (index . 3) }}
  port: {{ $root.Values.httpScheme }}
  scheme: {{ upper $root.Values.httpScheme }}
  {{- with $agent }}
  httpHeaders: [{ name: User-Agent, value: {{ quote . }} }]
  {{- end }}
{{ toYaml (omit (index . 1) "enabled" "path") }}
{{- end }}

{{/* The hosts of the Ingress, as a list in JSON. */}}
{{- define "postern.ingressHosts" -}}
{{- $hosts := list -}}
{{- range concat (list .Values.ingress.hostname) (default list .Values.ingress.hosts) | compact }}{{ $hosts = append $hosts (tpl . $) }}{{ end -}}
{{- uniq $hosts | toJson -}}
{{- end }}

{{/* A rule of the HTTPRoute: without matches all paths, without backendRefs Postern; a redirect may have none. List of root, rule. */}}
{{- define "postern.gatewayRule" -}}
{{- $root := index . 0 -}}{{- $rule := deepCopy (index . 1) -}}
{{- $redirects := false }}{{ range $rule.filters }}{{ if eq .type "RequestRedirect" }}{{ $redirects = true }}{{ end }}{{ end -}}
{{- if not $rule.matches }}{{ $_ := set $rule "matches" (list (dict "path" (dict "type" "PathPrefix" "value" "/"))) }}{{ end -}}
{{- if not (or $rule.backendRefs $redirects) }}{{ $_ := set $rule "backendRefs" (list (dict "name" (include "postern.fullname" $root) "port" $root.Values.service.portNumber)) }}{{ end -}}
{{- toYaml $rule -}}
{{- end }}
