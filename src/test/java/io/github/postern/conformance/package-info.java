/**
 * The OpenID Foundation's certification modules for relying parties, re-enacted: one test for each, under the module's own name.
 */
package io.github.postern.conformance;
