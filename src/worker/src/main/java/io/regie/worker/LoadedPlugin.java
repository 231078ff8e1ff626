package io.regie.worker;

import io.regie.spi.JobHandler;
import io.regie.spi.JobType;
import io.regie.spi.Plugin;
import io.regie.spi.PluginContext;
import io.regie.spi.PluginInfo;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A plugin in this process: its jar checked, its classes loaded, its handlers made. */
final class LoadedPlugin implements AutoCloseable {

    private final PluginJar jar;
    private final PluginInfo info;
    private final Map<String, JobHandler> handlers;
    private final List<JobType> jobTypes;

    private LoadedPlugin(PluginJar jar, PluginInfo info, Map<String, JobHandler> handlers, List<JobType> jobTypes) {
        this.jar = jar;
        this.info = info;
        this.handlers = handlers;
        this.jobTypes = jobTypes;
    }

    static LoadedPlugin load(Path file, Path temp, PluginContext context) throws PluginRefusedException {
        PluginJar jar = PluginJar.open(file, temp);
        try {
            HostFilter host = new HostFilter(LoadedPlugin.class.getClassLoader());
            return load(jar, new PluginClassLoader(jar.jars(), host), context);
        } catch (PluginRefusedException e) {
            jar.close();
            throw e;
        }
    }

    private static LoadedPlugin load(PluginJar jar, ClassLoader classes, PluginContext context)
            throws PluginRefusedException {
        Plugin plugin = onlyProvider(classes);
        PluginInfo info = answer("info()", plugin::info);
        if (info.spiVersion() != Plugin.SPI_VERSION) {
            throw new PluginRefusedException("The plugin " + info.id() + " was built for version " + info.spiVersion()
                    + " of the plugin contract; this server has version " + Plugin.SPI_VERSION + ".");
        }
        Map<String, JobHandler> handlers = new LinkedHashMap<>();
        Map<String, JobType> jobTypes = new LinkedHashMap<>();
        for (JobHandler handler : answer("jobHandlers()", () -> plugin.jobHandlers(context))) {
            JobType type = answer("type()", () -> handler.type());
            if (handlers.put(type.id(), handler) != null) {
                throw new PluginRefusedException(
                        "The plugin " + info.id() + " has the job type " + type.id() + " twice.");
            }
            jobTypes.put(type.id(), type);
        }
        return new LoadedPlugin(jar, info, handlers, List.copyOf(jobTypes.values()));
    }

    private static Plugin onlyProvider(ClassLoader classes) throws PluginRefusedException {
        try {
            Iterator<ServiceLoader.Provider<Plugin>> providers =
                    ServiceLoader.load(Plugin.class, classes).stream().iterator();
            if (!providers.hasNext()) {
                throw new PluginRefusedException(
                        "The jar is no plugin: it has no META-INF/services/io.regie.spi.Plugin.");
            }
            ServiceLoader.Provider<Plugin> provider = providers.next();
            if (providers.hasNext()) {
                throw new PluginRefusedException(
                        "The jar has more than one plugin: " + provider.type().getName() + " and "
                                + providers.next().type().getName() + ".");
            }
            return provider.get();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginRefusedException("The plugin cannot be created: " + Failures.describe(e), e);
        }
    }

    private interface Question<T> {
        @Nullable
        T ask() throws Exception;
    }

    /** Plugin code may throw anything and return anything; so early, both mean that the plugin is unusable. */
    private static <T> T answer(String question, Question<T> plugin) throws PluginRefusedException {
        T answer;
        try {
            answer = plugin.ask();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new PluginRefusedException("The plugin failed in " + question + ": " + Failures.describe(e), e);
        }
        if (answer == null) {
            throw new PluginRefusedException("The plugin returns nothing from " + question + ".");
        }
        return answer;
    }

    PluginInfo info() {
        return info;
    }

    Descriptor describe() throws PluginRefusedException {
        return DescriptorCheck.check(new Descriptor(info, jobTypes, Messages.read(jar)));
    }

    JobHandler requireHandler(String type) throws PluginRefusedException {
        JobHandler handler = handlers.get(type);
        if (handler == null) {
            throw new PluginRefusedException("The plugin " + info.id() + " has no job type " + type + ".");
        }
        return handler;
    }

    @Override
    public void close() {
        jar.close();
    }
}
