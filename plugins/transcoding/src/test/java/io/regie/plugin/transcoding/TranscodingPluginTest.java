package io.regie.plugin.transcoding;

import io.regie.testkit.PluginContract;

class TranscodingPluginTest extends PluginContract {

    @Override
    protected String id() {
        return "transcoding";
    }
}
