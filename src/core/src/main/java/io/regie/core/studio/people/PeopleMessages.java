package io.regie.core.studio.people;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the pages about people. */
@MessageBundle("people")
public interface PeopleMessages {

    @Message("People")
    String title();

    @Message("Everybody")
    String all();

    @Message(
            "{#when role}{#is 'contributor'}Contributor{#is 'author'}Author{#is 'editor'}Editor{#is 'admin'}Administrator"
                    + "{#else}Visitor{/when}")
    String role(String role);

    @Message("{#when role}{#is 'contributor'}Works on their own articles, for others to publish.{#is 'author'}Uploads,"
            + " records and publishes their own articles.{#is 'editor'}Works on everybody's articles."
            + "{#is 'admin'}May do everything, settings and people included.{#else}{/when}")
    String roleHint(String role);

    @Message("you")
    String you();

    @Message("Disabled")
    String disabled();

    @Message("last signed in")
    String lastSignIn();

    @Message("never signed in")
    String neverSignedIn();

    @Message("{#if count > 1}{count} articles, {size}{#else if count > 0}1 article, {size}{#else}no articles{/if}")
    String has(long count, String size);

    @Message("Invite somebody")
    String invite();

    @Message("They get a link with which they choose their name and a password.")
    String inviteLead();

    @Message("Email address")
    String email();

    @Message("They sign in with it.")
    String emailHint();

    @Message("Role")
    String roleLabel();

    @Message("Make the invitation")
    String inviteMake();

    @Message("The invitation is ready")
    String invited();

    @Message("This link is shown only now. It works once, until")
    String linkOnce();

    @Message("It is also on its way by mail.")
    String linkMailed();

    @Message("Hand it over yourself: this site sends no mail.")
    String linkByHand();

    @Message("Link")
    String link();

    @Message("Copy")
    String copy();

    @Message("Copied")
    String copied();

    @Message("Invited")
    String waiting();

    @Message("expires")
    String expires();

    @Message("Expired")
    String expired();

    @Message("Withdraw")
    String withdraw();

    @Message("The invitation was withdrawn.")
    String doneWithdrawn();

    @Message("The role was changed. This person has to sign in again.")
    String doneRole();

    @Message("The account is disabled. Sessions and keys ended at once.")
    String doneDisabled();

    @Message("The account is enabled again.")
    String doneEnabled();

    @Message("Everything was handed over.")
    String doneTransferred();

    @Message("All people")
    String back();

    @Message("What this person may do")
    String mayTitle();

    @Message("Save the role")
    String saveRole();

    @Message("New password")
    String passwordTitle();

    @Message(
            "Makes a link with which this person chooses a new password. It works once, for one hour; sessions and keys end"
                    + " when it is used.")
    String passwordLead();

    @Message("Make the link")
    String passwordMake();

    @Message("Hand over")
    String transferTitle();

    @Message("All articles with their jobs, the trash included, and live streams belong to somebody else from then on.")
    String transferLead();

    @Message("New owner")
    String transferTo();

    @Message("Hand everything over")
    String transfer();

    @Message("Hand over everything of {name}?")
    String transferQuestion(String name);

    @Message("This cannot be taken back as a whole.")
    String transferText();

    @Message("There is nobody else who could take it.")
    String transferNobody();

    @Message("Access")
    String accessTitle();

    @Message("Whoever is disabled is out with the next click, and cannot sign in. What they made stays.")
    String disableLead();

    @Message("Disable the account")
    String disable();

    @Message("Disable the account of {name}?")
    String disableQuestion(String name);

    @Message("Sessions and keys end at once. You can enable the account again.")
    String disableText();

    @Message("This account is disabled: nobody can sign in with it.")
    String enableLead();

    @Message("Enable the account")
    String enable();

    @Message("Cancel")
    String cancel();
}
