package io.github.postern.web;

import io.github.postern.telemetry.CurrentQuestion;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;

/** Lets the log know which request a thread is answering, from before the door to behind the answer. */
public final class HearingListener implements ServletRequestListener {
    private final CurrentQuestion current;
    private final Places places;
    private final Supplier<String> ownTrace;

    /**
     * @param current where it is told
     * @param places what a proxy tells of the request
     * @param ownTrace the trace that we record of this thread's request; empty where we record none
     */
    public HearingListener(CurrentQuestion current, Places places, Supplier<String> ownTrace) {
        this.current = current;
        this.places = places;
        this.ownTrace = ownTrace;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            current.begin(new Hearing(request, places, ownTrace));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        current.end();
    }
}
