/** Tests that attack: the real WAR in a real Tomcat, against a provider that lies. Every test carries the ID of its security case. */
package io.github.postern.security;
