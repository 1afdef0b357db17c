package org.gardenhose.spec.scenario;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that is told in system calls and runs as the first process of every kernel there is.
///
/// The method takes a [Stage] and is named by its claim.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@TestTemplate
@ExtendWith(Kernels.class)
public @interface Scenario {
  /// The rules that it shows, such as `L-43`.
  String[] value();
}
