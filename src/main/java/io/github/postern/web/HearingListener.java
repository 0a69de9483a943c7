package io.github.postern.web;

import io.github.postern.telemetry.CurrentQuestion;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;

/** Lets the log know which request a thread is answering, from before the door to behind the answer. */
public final class HearingListener implements ServletRequestListener {
    private final CurrentQuestion current;
    private final Places places;

    /**
     * @param current where it is told
     * @param places what a proxy tells of the request
     */
    public HearingListener(CurrentQuestion current, Places places) {
        this.current = current;
        this.places = places;
    }

    @Override
    public void requestInitialized(ServletRequestEvent event) {
        if (event.getServletRequest() instanceof HttpServletRequest request) {
            current.begin(new Hearing(request, places));
        }
    }

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
        current.end();
    }
}
