package io.github.postern.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** One kind of credentials in the {@code Authorization} header. */
public interface Credentials {
    /** What became of them; empty when the request has none of this kind. Asked on every request: no I/O, no locks. */
    Optional<Proof> read(HttpServletRequest request);
}
