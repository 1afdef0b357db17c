package org.gardenhose.spec.scenario;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.gardenhose.sys.Kernel;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/// Runs each [Scenario] once on every kernel, as that kernel's first process, and looks afterwards
/// whether anything is left open.
final class Kernels implements TestTemplateInvocationContextProvider {
  /// What the seeded kernel draws its order from; another one with -Dspec.seed=N.
  private static final long SEED = Long.getLong("spec.seed", 1);

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Stream.of(
        on(() -> new Jvm("one processor, seed " + SEED, Kernel.seeded(SEED))),
        on(() -> new Jvm("in parallel", Kernel.parallel())));
  }

  private static TestTemplateInvocationContext on(Supplier<Subject> made) {
    Subject subject = made.get();
    return new TestTemplateInvocationContext() {
      @Override
      public String getDisplayName(int invocation) {
        return subject.name();
      }

      @Override
      public List<Extension> getAdditionalExtensions() {
        return List.of(new Run(subject));
      }
    };
  }

  /// Runs one scenario on one kernel.
  private record Run(Subject subject) implements InvocationInterceptor, ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Stage.class;
    }

    /// Stands in for the stage, which only exists inside the kernel.
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return Stage.OUTSIDE;
    }

    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> call,
        ExtensionContext context)
        throws Throwable {
      invocation.skip();
      Method method = call.getExecutable();
      method.setAccessible(true);
      AtomicReference<Throwable> failure = new AtomicReference<>();
      int status;
      try (subject) {
        status =
            subject.run(
                (sys, _) -> {
                  try {
                    method.invoke(call.getTarget().orElseThrow(), new Stage(subject, sys));
                  } catch (InvocationTargetException e) {
                    failure.set(e.getCause());
                  } catch (IllegalAccessException e) {
                    failure.set(e);
                  }
                  return 0;
                });
      }
      if (failure.get() != null) {
        throw failure.get();
      }
      if (status != 0) {
        throw new AssertionError("the scenario's process ended with status " + status);
      }
      if (subject.openFiles() != 0) {
        throw new AssertionError(subject.openFiles() + " files are left open");
      }
    }
  }
}
