package org.gardenhose.spec.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.gardenhose.abi.Sys;
import org.gardenhose.abi.SystemCalls;

/// A kernel that differs in one rule: a fault planted to see whether it is found.
final class Faulty {
  private Faulty() {}

  /// What a call comes to, from its name and what it should have come to.
  interface Rule {
    Object result(String call, Object result);
  }

  /// Returns the calls of `sys` with `rule` between them and the caller.
  static SystemCalls calls(Sys sys, Rule rule) {
    return (SystemCalls)
        Proxy.newProxyInstance(
            Faulty.class.getClassLoader(),
            new Class<?>[] {SystemCalls.class},
            (_, method, arguments) -> {
              try {
                return rule.result(method.getName(), method.invoke(sys, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
