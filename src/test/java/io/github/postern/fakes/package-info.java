/** Stand-ins for the parties around Postern: the browser, the proxy in front, the identity provider. Plain classes to be read. */
package io.github.postern.fakes;
