package io.regie.spi;

/**
 * Who a plugin is.
 *
 * @param id lower case letters, digits and dashes, at most 64 characters; prefix of its job types' ids
 * @param name for people
 * @param version the plugin's own version
 * @param spiVersion the {@link Plugin#SPI_VERSION} it was built for; a host of another major version refuses it
 */
public record PluginInfo(String id, String name, String version, int spiVersion) {

    public PluginInfo {
        if (!id.matches("[a-z][a-z0-9-]{0,63}")) {
            throw new IllegalArgumentException("Plugin id must be lower case letters, digits and dashes: " + id);
        }
    }

    /** A plugin built against this version of the contract. */
    public static PluginInfo of(String id, String name, String version) {
        return new PluginInfo(id, name, version, Plugin.SPI_VERSION);
    }
}
