/** Real servers as processes of their own, for tests, the demo and the benchmark. Knows nothing of what is asked of them. */
package io.github.postern.testbed;
