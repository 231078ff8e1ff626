package io.regie.core.jobs;

import io.regie.core.secrets.Vault;
import io.regie.spi.JobType;
import io.regie.spi.Parameter;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Parameters that a job's row must not show: sealed there, open only on their way to the worker. */
@Singleton
final class SecretParameters {
    private final Vault vault;

    SecretParameters(Vault vault) {
        this.vault = vault;
    }

    Map<String, Object> seal(UUID job, JobType type, Map<String, Object> parameters) {
        Map<String, Object> sealed = new HashMap<>(parameters);
        for (String name : secrets(type, parameters)) {
            sealed.put(name, vault.seal(String.valueOf(parameters.get(name)), purpose(job, name)));
        }
        return sealed;
    }

    /** A secret that does not open any more becomes empty, which its reader will refuse. */
    Map<String, Object> open(Job job, JobType type) {
        Map<String, Object> open = new HashMap<>(job.parameters());
        for (String name : secrets(type, job.parameters())) {
            open.put(
                    name,
                    vault.open(String.valueOf(job.parameters().get(name)), purpose(job.id(), name))
                            .orElse(""));
        }
        return open;
    }

    /** The secret values among open parameters. */
    static Set<String> values(JobType type, Map<String, Object> parameters) {
        Set<String> values = new HashSet<>();
        secrets(type, parameters).forEach(name -> values.add(String.valueOf(parameters.get(name))));
        return values;
    }

    private static Set<String> secrets(JobType type, Map<String, Object> parameters) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : type.parameters()) {
            if (parameter.type() == Parameter.Type.SECRET && parameters.containsKey(parameter.name())) {
                names.add(parameter.name());
            }
        }
        return names;
    }

    private static String purpose(UUID job, String name) {
        return "job " + job + " " + name;
    }
}
