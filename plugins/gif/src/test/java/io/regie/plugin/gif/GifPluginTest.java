package io.regie.plugin.gif;

import io.regie.testkit.PluginContract;

class GifPluginTest extends PluginContract {

    @Override
    protected String id() {
        return "gif";
    }
}
