/** Everything real, together: Keycloak, Postern in Tomcat, each gateway, a browser. Knows nothing of Postern's classes. */
package io.github.postern.e2e;
