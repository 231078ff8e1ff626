package io.regie.core.settings;

/** Somebody set something, on this node. Observe it {@code AFTER_SUCCESS}: it is fired before the commit. */
public record SettingChanged(String key) {

    public boolean concerns(Setting<?> setting) {
        return setting.key().equals(key);
    }
}
