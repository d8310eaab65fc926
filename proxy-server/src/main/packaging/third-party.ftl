<#-- META-INF/THIRD-PARTY.txt; dependencyMap has a library with its licences in each entry. -->
fairlead.jar contains these libraries, under the licences named. Of several licences joined by "or" any one may be chosen.

<#list dependencyMap as entry>
<#assign library = entry.getKey()/>
<#if library.groupId != "io.fairlead">
${(library.groupId + ":" + library.artifactId + ":" + library.version)?right_pad(72)} ${entry.getValue()?join(" or ")}
</#if>
</#list>

Within them, under licences of their own:

${"Protocol Buffers in prometheus-metrics-exposition-formats"?right_pad(72)} BSD-3-Clause
