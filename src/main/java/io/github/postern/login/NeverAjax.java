package io.github.postern.login;

import org.pac4j.core.context.CallContext;
import org.pac4j.core.exception.http.HttpAction;
import org.pac4j.core.http.ajax.AjaxRequestResolver;
import org.pac4j.core.redirect.RedirectionActionBuilder;
import org.pac4j.core.util.HttpActionHelper;

/** Whether a program is asking was decided before pac4j is reached; its own guess, which any client can steer, is off. */
final class NeverAjax implements AjaxRequestResolver {
    @Override
    public boolean isAjax(CallContext ctx) {
        return false;
    }

    @Override
    public HttpAction buildAjaxResponse(CallContext ctx, RedirectionActionBuilder builder) {
        return HttpActionHelper.buildUnauthenticatedAction(ctx.webContext());
    }
}
