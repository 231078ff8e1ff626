package io.regie.core.studio.jobs;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages of jobs. */
@MessageBundle("jobs")
public interface JobsMessages {

    @Message("Jobs")
    String title();

    @Message("Which jobs to show")
    String filters();

    @Message("All")
    String all();

    @Message("Active")
    String active();

    @Message("Failed")
    String failed();

    @Message("Done")
    String done();

    @Message("All kinds of work")
    String allTypes();

    @Message("Retry all failed")
    String retryAll();

    @Message("Retry all {count} failed jobs?")
    String retryAllTitle(long count);

    @Message("They wait in the queue again, behind what is there already.")
    String retryAllText();

    @Message("Only jobs of “{title}”.")
    String onlyAbout(String title);

    @Message("Only jobs of one article.")
    String onlyAboutGone();

    @Message("Show all jobs")
    String showAll();

    @Message("No jobs yet")
    String none();

    @Message("When you upload a file, the work on it shows here: what is done, how far it is, and what went wrong.")
    String noneHint();

    @Message("Nothing failed")
    String noneFailed();

    @Message("Jobs that need you show here, with the reason and what to do.")
    String noneFailedHint();

    @Message("Nothing is waiting or running")
    String noneActive();

    @Message("Every file is done. The next upload starts at once.")
    String noneActiveHint();

    @Message("No jobs match")
    String noneFound();

    @Message("There are jobs, but none like this.")
    String noneFoundHint();

    @Message("Pages")
    String pages();

    @Message("Newest")
    String newest();

    @Message("Older")
    String older();

    @Message("Waiting")
    String queued();

    @Message("place {place} in the queue")
    String position(int place);

    @Message("Running")
    String running();

    @Message("Stopping…")
    String stopping();

    @Message("Cancelling…")
    String cancelling();

    @Message("Done")
    String succeeded();

    @Message("Failed")
    String failedState();

    @Message("Stopped")
    String stopped();

    @Message("Cancelled")
    String cancelled();

    @Message("took {time}")
    String took(String time);

    @Message("How long the work took, and how fast it was against the playing time")
    String tookTitle();

    @Message("{count} attempts")
    String attempts(int count);

    @Message("Where it ran")
    String nodeTitle();

    @Message("article deleted")
    String gone();

    @Message("Progress of “{title}”")
    String progressOf(String title);

    @Message("Starting…")
    String starting();

    @Message("Speed against the playing time")
    String speedTitle();

    @Message("{time} left")
    String left(String time);

    @Message("“{words}”")
    String said(String words);

    @Message("What to do:")
    String whatToDo();

    @Message("Log")
    String log();

    @Message("Open the log")
    String openLog();

    @Message("Nothing was logged.")
    String noLog();

    @Message("Retry")
    String retry();

    @Message("Stop and keep")
    String stop();

    @Message("Cancel")
    String cancel();

    @Message("Stop the work on “{title}”?")
    String stopTitle(String title);

    @Message("It ends early and keeps what it has made so far.")
    String stopText();

    @Message("Cancel the work on “{title}”?")
    String cancelTitle(String title);

    @Message("What it has made so far is deleted. You can retry it later.")
    String cancelText();

    @Message("Cancel the work")
    String cancelAction();

    @Message("All jobs")
    String backToAll();

    @Message("Facts")
    String facts();

    @Message("Work")
    String type();

    @Message("Asked for")
    String createdAt();

    @Message("Began")
    String startedAt();

    @Message("Ended")
    String endedAt();

    @Message("Playing time")
    String playingTime();

    @Message("Work time")
    String workTime();

    @Message("{pace} real time")
    String realTime(String pace);

    @Message("Attempts")
    String attemptsFact();

    @Message("Node")
    String node();

    @Message("Number")
    String number();

    @Message("The last 30 days")
    String figures();

    @Message("Figures as a table")
    String asTable();

    @Message("Jobs per day, and how long the work took against the playing time")
    String figuresCaption();

    @Message("Day")
    String day();

    @Message("Done")
    String doneColumn();

    @Message("Failed")
    String failedColumn();

    @Message("Waiting at the end of the day")
    String waitingColumn();

    @Message("Work time, minutes")
    String workColumn();

    @Message("Playing time, minutes")
    String mediaColumn();
}
