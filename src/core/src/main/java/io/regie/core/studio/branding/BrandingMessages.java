package io.regie.core.studio.branding;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page about branding. */
@MessageBundle("branding")
public interface BrandingMessages {

    @Message("Branding")
    String title();

    @Message("Name and slogan")
    String words();

    @Message("Name of the site")
    String name();

    @Message("Slogan")
    String slogan();

    @Message("One line below the name. Search engines show it too.")
    String sloganHint();

    @Message("Save")
    String save();

    @Message("Saved.")
    String saved();

    @Message("Images")
    String images();

    @Message(
            "They belong to the site: when the theme changes, they stay, and each theme shows those it has a place for. The theme now is {theme}.")
    String imagesHint(String theme);

    @Message("Logo")
    String logo();

    @Message("In the header, in place of the site's name. A transparent ground looks best, light and dark.")
    String logoHint();

    @Message("Banner")
    String banner();

    @Message("Across the top of the home page.")
    String bannerHint();

    @Message("Background")
    String background();

    @Message("Behind every page, softened so that texts stay readable.")
    String backgroundHint();

    @Message("Site icon")
    String favicon();

    @Message("In tabs and bookmarks. Square.")
    String faviconHint();

    @Message("Best from {width} × {height} pixels on.")
    String size(int width, int height);

    @Message("JPEG, PNG, WebP or GIF, at most 16 MB.")
    String types();

    @Message("JPEG, PNG, WebP, GIF or SVG, at most 16 MB.")
    String typesWithSvg();

    @Message("The theme {theme} shows no such image, so none can be chosen for now.")
    String notShown(String theme);

    @Message("The theme {theme} shows no such image. What you have chosen stays here for a theme that does.")
    String keptHidden(String theme);

    @Message("Nothing chosen")
    String none();

    @Message("Choose an image")
    String choose();

    @Message("Take it away")
    String forget();

    @Message("Send the image")
    String send();

    @Message("View the site")
    String view();
}
