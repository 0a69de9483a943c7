/** Replicas in one process, each at a port of its own. */
package io.github.postern.cluster;
