package io.regie.core.web;

import java.util.Locale;

/** The language of pages whose reader asks for none that we speak. */
public interface SiteLanguage {

    /** Must not block. */
    Locale get();
}
