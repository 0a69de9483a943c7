/** What the replicas of one Tomcat cluster tell each other. Knows nothing of sessions but their names. */
@NullMarked
package io.github.postern.cluster;

import org.jspecify.annotations.NullMarked;
