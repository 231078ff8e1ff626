/** Plugins written only for tests; packed into jars by the tests, and outside the packages that the host shares. */
package sample.plugin;
