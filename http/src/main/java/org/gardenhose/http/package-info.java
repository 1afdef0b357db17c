/// Pipes as request and response bodies: [PipeBodies].
package org.gardenhose.http;
