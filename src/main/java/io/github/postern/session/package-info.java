/** What is kept between requests: sealed cookies behind pac4j's {@code SessionStore}. Knows nothing of endpoints or of logins. */
@NullMarked
package io.github.postern.session;

import org.jspecify.annotations.NullMarked;
