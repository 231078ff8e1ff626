package io.regie.testkit;

class CopyPluginTest extends PluginContract {

    @Override
    protected String id() {
        return "copy";
    }
}
