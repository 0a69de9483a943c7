package io.github.postern.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Shows every page without a login: {@code /NAME} for each name of {@link Gallery}, beside the real assets. */
public final class GalleryListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        try {
            context.addServlet("assets", new AssetServlet(context)).addMapping("/oauth2/assets/*");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        var pages = new Pages(
                new Site("/oauth2", "/oauth2", "Keycloak", true),
                PageHeaders.of(false, List.of(".akko.local", "portal.test:8443")));
        context.addServlet("gallery", new GalleryServlet(new Gallery(pages))).addMapping("/");
    }

    /** Answers with the page of that name, and plays the other side of its forms. */
    static final class GalleryServlet extends HttpServlet {
        private final transient Gallery gallery;

        GalleryServlet(Gallery gallery) {
            this.gallery = gallery;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws ServletException, IOException {
            switch (request.getServletPath()) {
                // as a login goes: to the provider on another host, and on to the app
                case "/oauth2/start" ->
                    redirect(
                            response,
                            "http://identity.test:" + request.getLocalPort() + "/provider?" + request.getQueryString());
                case "/oauth2/sign_out" ->
                    redirect(response, "http://identity.test:" + request.getLocalPort() + "/provider?rd=/signed_out");
                case "/provider" -> redirect(response, "http://broker.test:" + request.getLocalPort() + "/arrived");
                case "/arrived" -> response.getWriter().write("arrived");
                default -> gallery.show(request.getServletPath().substring(1), request, response);
            }
        }

        private static void redirect(HttpServletResponse response, String location) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", location);
        }
    }
}
