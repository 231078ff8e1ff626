package io.regie.plugin.recording;

import io.regie.testkit.PluginContract;

class RecordingPluginTest extends PluginContract {

    @Override
    protected String id() {
        return "recording";
    }
}
