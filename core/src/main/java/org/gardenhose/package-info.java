/// The Java API.
package org.gardenhose;
