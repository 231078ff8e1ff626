package io.regie.core.studio.live;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages of live streams. */
@MessageBundle("live")
public interface LiveMessages {

    @Message("Live streams")
    String title();

    @Message("Add a live stream")
    String add();

    @Message("New live stream")
    String fresh();

    @Message("All live streams")
    String all();

    @Message("No live stream yet")
    String none();

    @Message("Add a camera, an encoder or a web stream: Regie tests it, records it when you say so or by plan, and"
            + " makes an article of each recording.")
    String noneHint();

    @Message("The live stream was deleted.")
    String deleted();

    @Message("The live stream was added and is being tested.")
    String added();

    @Message("Saved.")
    String saved();

    @Message("Save")
    String save();

    @Message("Add and test")
    String addAndCheck();

    @Message("Private networks")
    String allowed();

    @Message("Hosts and networks where live streams may be, one per line")
    String allowedLabel();

    @Message("Public addresses are always possible. For cameras on your own network, allow them here: camera.lan:554,"
            + " 192.168.1.0/24:8554 or [fd00::]/8.")
    String allowedHint();

    @Message("The allowed hosts and networks were saved.")
    String allowedSaved();

    @Message("Recording")
    String recording();

    @Message("Testing…")
    String checking();

    @Message("Planned")
    String planned();

    @Message("Now")
    String now();

    @Message("Recording")
    String recordingTitle();

    @Message("Record")
    String record();

    @Message("Stop")
    String stop();

    @Message("Stop recording?")
    String stopTitle();

    @Message("What was recorded is kept and becomes an article.")
    String stopText();

    @Message("Since")
    String since();

    @Message("Until")
    String until();

    @Message("Duration")
    String duration();

    @Message("Bitrate")
    String bitrate();

    @Message("Lost packets")
    String lost();

    @Message("Reconnects")
    String reconnects();

    @Message("Clock of the source")
    String drift();

    @Message("Watch from the beginning")
    String watch();

    @Message("Log")
    String log();

    @Message("Next recording:")
    String nextAt();

    @Message("Not being recorded.")
    String idle();

    @Message("Test")
    String checkTitle();

    @Message("Test")
    String check();

    @Message("A test shows what the source sends and how it looks.")
    String checkHint();

    @Message("The source could not be read.")
    String checkFailed();

    @Message("Tested")
    String checkedAt();

    @Message("What the source showed during the test")
    String snapshot();

    @Message("Ready to record.")
    String verdictOk();

    @Message("Key frames are far apart: parts can only be cut there, and a crash loses more. Set the source to one at"
            + " least every 4 seconds.")
    String verdictLong();

    @Message("The distance of key frames could not be seen during the test.")
    String verdictUnknown();

    @Message("Video")
    String video();

    @Message("Size")
    String size();

    @Message("Frame rate")
    String frameRate();

    @Message("Sound")
    String audio();

    @Message("Key frame every")
    String spacing();

    @Message("Recordings")
    String recordings();

    @Message("Failed")
    String failed();

    @Message("Cancelled")
    String cancelled();

    @Message("Settings")
    String settings();

    @Message("Source")
    String source();

    @Message("Name")
    String name();

    @Message("Address")
    String url();

    @Message("RTSP, RTMP, HLS, SRT or HTTP.")
    String urlHint();

    @Message("Stored sealed and not shown again. Leave it empty to keep it.")
    String urlKept();

    @Message("User")
    String username();

    @Message("Password")
    String password();

    @Message("Only if the source asks for them. They are never shown again.")
    String credentialsHint();

    @Message("Options of the protocol")
    String options();

    @Message("SRT latency in milliseconds")
    String latency();

    @Message("SRT passphrase")
    String passphrase();

    @Message("SRT stream id")
    String streamId();

    @Message("HTTP user agent")
    String userAgent();

    @Message("HTTP referrer")
    String referer();

    @Message("Longest recording, in minutes")
    String maxMinutes();

    @Message("Empty for no limit.")
    String maxHint();

    @Message("Plan")
    String plan();

    @Message("Only when I start it")
    String planNone();

    @Message("Once")
    String planOnce();

    @Message("On days of the week")
    String planWeekly();

    @Message("By an expression")
    String planCron();

    @Message("Keep the plans that were set through the API")
    String planSeveral();

    @Message("Begins")
    String start();

    @Message("Days")
    String days();

    @Message("At")
    String time();

    @Message("Minute, hour, day, month, day of the week")
    String cron();

    @Message("For how many minutes")
    String minutes();

    @Message("Delete the live stream")
    String delete();

    @Message("Its recordings stay. One that runs is finished and kept.")
    String deleteText();

    @Message("{rate} per second")
    String perSecond(String rate);

    @Message("Times are those of the site: {zone}.")
    String planZone(String zone);

    @Message("Delete “{name}”?")
    String deleteTitle(String name);

    @Message("{#when name}{#is 'monday'}Monday{#is 'tuesday'}Tuesday{#is 'wednesday'}Wednesday{#is"
            + " 'thursday'}Thursday{#is 'friday'}Friday{#is 'saturday'}Saturday{#is 'sunday'}Sunday{/when}")
    String day(String name);

    @Message("Streams")
    String streams();

    @Message("Calendar")
    String calendar();

    @Message("Weeks")
    String weeks();

    @Message("The week before")
    String previousWeek();

    @Message("The week after")
    String nextWeek();

    @Message("This week")
    String thisWeek();

    @Message("Nothing was recorded and nothing is planned in this week.")
    String emptyWeek();

    @Message("today")
    String today();

    @Message("Clocks go forward")
    String clocksForward();

    @Message("Clocks go back")
    String clocksBack();

    @Message("Recorded")
    String recorded();

    @Message("Nothing")
    String nothing();

    @Message("Gaps")
    String gapsTitle();

    @Message("Nothing is missing.")
    String noGaps();

    @Message("at {place} of the recording")
    String gapAt(String place);

    @Message("{length} lost")
    String gapLost(String length);

    @Message("Gaps")
    String gapsSoFar();

    @Message("Ended: {reason}")
    String endedBecause(String reason);

    @Message("Being recorded")
    String beingRecorded();

    @Message("The file is there when the recording ends. What was recorded so far can be watched in a few seconds.")
    String beingRecordedHint();

    @Message("Old recordings")
    String retention();

    @Message("Delete recordings after so many days")
    String keepDays();

    @Message("0 keeps them. A live stream can say otherwise for its own. What somebody marked as kept is"
            + " never deleted.")
    String keepDaysHint();

    @Message("Delete the oldest recordings while less than this is free, in percent of the disk")
    String minFree();

    @Message("0 never does. {free} is free now. Recordings that run stop by themselves below 5 %; choose"
            + " more than that.")
    String minFreeHint(String free);

    @Message("They are deleted for good, with everything that was written about them.")
    String retentionWarning();

    @Message("How long recordings are kept was saved.")
    String retentionSaved();

    @Message("Deleted last")
    String deletions();

    @Message("Too old")
    String deletedForAge();

    @Message("Disk too full")
    String deletedForSpace();

    @Message(
            "Recorders cannot be confined on this system, because it has no network namespaces. Live streams may only lead"
                    + " to their own host, and rtsps streams are refused.")
    String unconfined();

    @Message("{count} recordings were deleted in the last seven days because the disk was too full.")
    String deletedNotice(long count);

    @Message("See which")
    String seeDeletions();

    @Message("Keep recordings")
    String keep();

    @Message("As long as the site says")
    String keepSite();

    @Message("For ever")
    String keepEver();

    @Message("For so many days")
    String keepSome();

    @Message("Days")
    String keepDaysOwn();
}
