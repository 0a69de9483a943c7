package io.github.postern.web;

import io.github.postern.config.Logo;
import io.github.postern.config.PageSettings;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Shows every page without a login: {@code /NAME} for each name of {@link Gallery}, beside the real assets. */
public final class GalleryListener implements ServletContextListener {
    /** Wide, and with a style of its own. */
    private static final Logo LOGO = logo();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var context = event.getServletContext();
        try {
            context.addServlet("assets", new AssetServlet(context, LOGO)).addMapping("/oauth2/assets/*");
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        context.addServlet("gallery", new GalleryServlet(new Gallery(GalleryListener::pages)))
                .addMapping("/");
    }

    private static Pages pages(PageSettings settings) {
        var headers = PageHeaders.of(false, List.of(".akko.local", "portal.test:8443"), settings.logo());
        return new Pages(
                new Site("/oauth2", "/oauth2", "Keycloak", true), headers, Look.of(settings, "/oauth2/assets"));
    }

    private static Logo logo() {
        try {
            var file = Files.writeString(Files.createTempFile("logo", ".svg"), """
                    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100" width="400" height="100">
                      <style>rect { fill: #0a7d52; } text { fill: #ffffff; font: bold 48px sans-serif; }</style>
                      <rect width="400" height="100" rx="12"/><text x="24" y="66">AKKO data</text>
                    </svg>
                    """);
            return new Logo(Logo.Kind.FILE, file.toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
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
                case "/inert" -> Gallery.showInert(GalleryListener::pages, request, response);
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
