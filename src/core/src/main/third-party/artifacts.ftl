<#list dependencyMap as entry><#assign artifact = entry.getKey()>
${artifact.groupId}:${artifact.artifactId}:${artifact.version}|${artifact.name!artifact.artifactId}|${artifact.url!""}|${entry.getValue()?join(";;")}
</#list>
