/** The documentation held to the code: links, names of settings, and the words of the log. */
package io.github.postern.docs;
