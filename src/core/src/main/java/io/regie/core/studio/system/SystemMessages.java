package io.regie.core.studio.system;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page about the server. */
@MessageBundle("system")
public interface SystemMessages {

    @Message("System")
    String title();

    @Message("Needs attention")
    String concerns();

    @Message("Everything is well: nothing here needs anybody.")
    String calm();

    @Message("{#when code}{#is 'no-worker'}No job can run{#is 'disk-low'}Only {detail} of the disk is free"
            + "{#is 'plugin-refused'}A plugin could not be installed: {detail}{#is 'unconfined'}Recorders cannot be kept from"
            + " the network{#is 'jobs-failed'}{detail} jobs failed within a day{#is 'mail-failed'}Mail that could not be"
            + " delivered within a day: {detail}{#is 'type-unworked'}No plugin works on these kinds of files: {detail}"
            + "{#is 'tools-broken'}The media tools do not work: {detail}{#is 'plugin-broken'}A plugin cannot be loaded any more:"
            + " {detail}{#is 'sandbox'}Workers run without: {detail}{#is 'insecure-http'}People may sign in without encryption"
            + "{#is 'mail-off'}This site sends no mail{#else}{code} {detail}{/when}")
    String concern(String code, String detail);

    @Message(
            "{#when code}{#is 'no-worker'}The workers do not start: {detail}. The server's log says more; check memory, the"
                    + " data directory, and that Java runs there.{#is 'disk-low'}Empty the trash, let old recordings be deleted under"
                    + " Live, or give the data directory a larger disk.{#is 'plugin-refused'}See below why. Install a version that fits"
                    + " this server, or remove the file.{#is 'unconfined'}Encrypted RTSP sources are not read. Install iproute2 and"
                    + " util-linux, or allow the container user namespaces.{#is 'jobs-failed'}Look at the failed jobs: often one cause"
                    + " is behind them all.{#is 'mail-failed'}Send a test mail under Settings, Mail, and read what the server answers."
                    + "{#is 'type-unworked'}They are stored as they came. Install a plugin that prepares them for playing."
                    + "{#is 'tools-broken'}Encodings wait until the tools work; they are tried again every ten minutes. See below which"
                    + " fails.{#is 'plugin-broken'}Only its own jobs fail. See below why.{#is 'sandbox'}Run the server as root of its container, with util-linux installed and user namespaces allowed."
                    + "{#is 'insecure-http'}Passwords can be read on the way. Put a proxy with https in front and remove"
                    + " regie.insecure-http.{#is 'mail-off'}Invitations and new passwords go by links that you hand over. Say under"
                    + " Settings, Mail, where mail goes out.{#else}{/when}")
    String fix(String code, String detail);

    @Message("{#when code}{#is 'disk-low'}To the library{#is 'jobs-failed'}To the jobs{#is 'mail-failed'}Mail settings"
            + "{#is 'mail-off'}Mail settings{#else}{/when}")
    String fixLink(String code);

    @Message("Urgent")
    String urgent();

    @Message("Versions")
    String versions();

    @Message("Operating system")
    String operatingSystem();

    @Message("No worker answers, so this is not known now.")
    String ffmpegUnknown();

    @Message("Space")
    String space();

    @Message("Disk")
    String disk();

    @Message("{free} of {size} free")
    String freeOf(String free, String size);

    @Message("Database")
    String database();

    @Message("Queue")
    String queue();

    @Message("{#when pool}{#is 'probe'}Inspecting{#is 'light'}Light work{#is 'batch'}Encoding{#is 'live'}Recording"
            + "{#else}{pool}{/when}")
    String pool(String pool);

    @Message("Pool")
    String poolLabel();

    @Message("Places here")
    String places();

    @Message("Running")
    String running();

    @Message("Waiting")
    String waiting();

    @Message("Plugins")
    String plugins();

    @Message("Works")
    String works();

    @Message("Disabled")
    String disabled();

    @Message("Refused")
    String refused();

    @Message("No plugin is installed.")
    String noPlugins();

    @Message("Protection of workers")
    String sandbox();

    @Message(
            "{#when tier}{#is 'environment'}A clean environment and a temporary folder of their own{#is 'session'}A session"
                    + " of their own, so that all their processes can be ended{#is 'nice'}Lower priority than the server{#is 'limits'}"
                    + "Limits on memory, file size and open files{#is 'network'}No network{#is 'relay'}Live streams through the"
                    + " server's relay only{#is 'account'}An account without rights, apart from the server's{#is 'privileges'}No way"
                    + " to gain rights{#else}{tier}{/when}")
    String tier(String tier);

    @Message("Active")
    String active();

    @Message("Missing here")
    String missing();

    @Message("Codecs")
    String codecs();

    @Message("Read")
    String decoders();

    @Message("Written")
    String encoders();

    @Message("Containers")
    String formats();

    @Message("Not in this build")
    String notBuilt();

    @Message("How FFmpeg was built")
    String configuration();

    @Message("Media tools")
    String tools();

    @Message("Once a day a worker makes and reads a tiny film, sound, animation and image, and loads each plugin.")
    String toolsLead();

    @Message("Test now")
    String testNow();

    @Message("Last test:")
    String lastTest();

    @Message("Everything works.")
    String toolsWork();

    @Message("Not tested yet: the first test comes by itself.")
    String toolsUntested();

    @Message("{#when kind}{#is 'worker'}No worker ran to its end{#is 'library'}{name} does not work"
            + "{#else}The plugin {name} cannot be loaded{/when}")
    String fault(String kind, String name);

    @Message("{#when kind}{#is 'worker'}Check memory, free space and the server's log, then test again."
            + "{#is 'library'}The libraries that came with the server are damaged, or the machine lacks memory or space."
            + " Install the same version of the server again, then test again.{#else}Put the plugin's file back, or install"
            + " another version of it, and start the server again.{/when}")
    String faultFix(String kind);

    @Message("Find a codec or container")
    String findCodec();

    @Message("Nothing is called “{word}”.")
    String noCodec(String word);

    @Message("Mail")
    String mail();

    @Message("{waiting} waiting, {failed} failed within a day")
    String mailState(long waiting, long failed);

    @Message("Off")
    String mailOff();
}
