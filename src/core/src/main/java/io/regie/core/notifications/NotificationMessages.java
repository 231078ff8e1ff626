package io.regie.core.notifications;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of what people are told, and of the mail that gathers it. */
@MessageBundle("told")
public interface NotificationMessages {

    @Message("“{name}” is ready.")
    String mediaReady(String name);

    @Message("“{name}” could not be prepared.")
    String mediaFailed(String name);

    @Message("What you had made of “{name}” is ready.")
    String actionReady(String name);

    @Message("What you wanted made of “{name}” could not be made.")
    String actionFailed(String name);

    @Message("“{name}” was not recorded as planned: its time had passed before the server could begin.")
    String recordingMissed(String name);

    @Message("“{name}” was not recorded as planned: the recording could not begin.")
    String recordingNotBegun(String name);

    @Message("The planned recording of “{name}” failed.")
    String recordingFailed(String name);

    @Message("The planned recording of “{name}” ended before its time. What was recorded is kept.")
    String recordingCutShort(String name);

    @Message("{#when code}{#is 'disk-low'}The server's disk is nearly full.{#is 'plugin-refused'}A plugin could not be"
            + " installed.{#is 'no-worker'}No job can run: the workers do not start.{#is 'tools-broken'}The media tools do not work: encodings wait."
            + "{#is 'plugin-broken'}A plugin cannot be loaded any more.{#is 'unconfined'}Recorders cannot be"
            + " kept from the network.{#is 'sandbox'}Workers run with less protection than they could."
            + "{#is 'mail-failed'}Mail could not be delivered.{#is 'type-unworked'}There are kinds of files that no plugin"
            + " works on.{#is 'jobs-failed'}Many jobs failed lately.{#else}The server needs attention.{/when}")
    String concern(String code);

    @Message(
            "{#when code}{#is 'tools-broken'}The media tools work again.{#is 'no-worker'}The workers start again: jobs run."
                    + "{#else}The server is well again.{/when}")
    String concernOver(String code);

    @Message("{#if count == 1}News from {site}{#else}{count} news from {site}{/if}")
    String subject(int count, String site);

    @Message("Which of these mails you get is yours to choose:")
    String chooseHint();
}
