package dev.billstep.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.doctor.Diagnosis.Unknown;
import dev.billstep.doctype.DocType;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.secrets.SecretKeys;
import dev.billstep.secrets.SecretsUnavailable;
import dev.billstep.settings.JobSettings;
import dev.billstep.settings.ModelSettings;
import dev.billstep.settings.SettingInvalid;
import dev.billstep.settings.SettingsService;
import dev.billstep.stack.DeployedStack;
import dev.billstep.supabase.SupabaseKeyRefused;
import dev.billstep.supabase.SupabaseRefused;
import dev.billstep.supabase.SupabaseSettingsStore;
import dev.billstep.supabase.SupabaseUnavailable;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.sfn.model.StateMachineStatus;

/** Whether a stack that is there can do its work. */
public final class StackExamination {

  /** What the last migration has added. */
  private static final String NEWEST_TABLE = "Figure";

  private final DeployedStack stack;
  private final List<PageModelProvider> providers;
  private final Predicate<PageModelProvider> isAsked;
  private final SettingsService settings;

  /**
   * Names what is looked at.
   *
   * @param providers of models that its functions have
   * @param isAsked whether a model of theirs is called once, which costs something
   */
  public StackExamination(
    DeployedStack stack,
    List<PageModelProvider> providers,
    Predicate<PageModelProvider> isAsked
  ) {
    this.stack = stack;
    this.providers = List.copyOf(providers);
    this.isAsked = isAsked;
    this.settings = new SettingsService(
      new SupabaseSettingsStore(stack.supabase()),
      InstantSource.system()
    );
  }

  public List<Diagnosis> diagnoses() {
    var found = new ArrayList<Diagnosis>();
    found.add(new Diagnosis("AWS: upload bucket", aws(this::uploadBucket)));
    found.add(new Diagnosis("AWS: page bucket", aws(this::pageBucket)));
    found.add(new Diagnosis("AWS: state machine", aws(this::stateMachine)));
    found.add(new Diagnosis("AWS: keys", aws(this::keys)));
    found.add(new Diagnosis("AWS: functions", aws(this::functions)));
    var supabase = supabase(this::reached);
    found.add(new Diagnosis("Supabase", supabase));
    found.add(new Diagnosis("database", after(supabase, this::migrations)));
    var usable = after(supabase, this::settings);
    found.add(new Diagnosis("settings", usable));
    var model = after(usable, this::model);
    found.add(new Diagnosis("model", model));
    var key = after(usable, () -> aws(this::modelKey));
    found.add(new Diagnosis("model's key", key));
    if (
      usable instanceof Sound && provider(settings.current().model()).filter(isAsked).isPresent()
    ) {
      var known = key instanceof Sound ? model : key;
      found.add(new Diagnosis("model's answer", after(known, () -> aws(this::modelAnswer))));
    }
    found.add(new Diagnosis("jobs", after(supabase, this::jobs)));
    return found;
  }

  private static Finding after(Finding earlier, Supplier<Finding> examination) {
    return earlier instanceof Sound
      ? supabase(examination)
      : new Unknown("fix what is above first");
  }

  private static Finding aws(Supplier<Finding> examination) {
    try {
      return examination.get();
    } catch (SdkException | SecretsUnavailable e) {
      return Fault.of(
        e,
        "check that the stack is running (billstep status), and that your credentials may use it"
      );
    }
  }

  private static Finding supabase(Supplier<Finding> examination) {
    try {
      return examination.get();
    } catch (SupabaseRefused | SupabaseKeyRefused e) {
      return Fault.of(
        e,
        "put the service role's key as %s into the stack's secret".formatted(SecretKeys.SUPABASE)
      );
    } catch (SupabaseUnavailable e) {
      return Fault.of(
        e,
        "check that the project is not paused, and that the stack's parameter SupabaseUrl is its URL"
      );
    }
  }

  private Finding uploadBucket() {
    var bucket = stack.outputs().uploadBucket();
    try (var s3 = stack.s3()) {
      var events = s3
        .getBucketNotificationConfiguration(get -> get.bucket(bucket))
        .eventBridgeConfiguration();
      return events == null
        ? new Fault(
            "%s sends no events, so uploads start nothing".formatted(bucket),
            "deploy the data stack again, or switch on EventBridge in the bucket's properties"
          )
        : new Sound("sends its events");
    }
  }

  private Finding pageBucket() {
    var bucket = stack.outputs().pageBucket();
    try (var s3 = stack.s3()) {
      s3.headBucket(head -> head.bucket(bucket));
      return new Sound("there");
    }
  }

  private Finding stateMachine() {
    try (var sfn = stack.sfn()) {
      var machine = sfn.describeStateMachine(describe ->
        describe.stateMachineArn(stack.outputs().stateMachine())
      );
      return machine.status() == StateMachineStatus.ACTIVE
        ? new Sound("active")
        : new Fault(
            "it is %s".formatted(machine.statusAsString()),
            "deploy the pipeline stack again"
          );
    }
  }

  private Finding keys() {
    return inSecret(
      SecretKeys.SUPABASE,
      "Supabase's is there",
      "put the service role's key as %s into the secret (docs/deploy.md)".formatted(
        SecretKeys.SUPABASE
      )
    );
  }

  private Finding inSecret(String key, String detail, String remedy) {
    try (var secrets = stack.secrets()) {
      new SecretKeys(secrets, stack.outputs().keysSecret(), InstantSource.system()).key(key);
      return new Sound(detail);
    } catch (SettingInvalid e) {
      return Fault.of(e, remedy);
    }
  }

  /** One stands for all: they are published together. */
  private Finding functions() {
    try (var lambda = stack.lambda()) {
      var function = lambda
        .getFunction(get -> get.functionName(stack.outputs().sweepBlobs()))
        .configuration();
      boolean isWorking = function.state() == null || function.state() == State.ACTIVE;
      return isWorking
        ? new Sound("published as " + function.version())
        : new Fault(
            "%s: %s".formatted(function.stateAsString(), function.stateReason()),
            "deploy the pipeline stack again"
          );
    }
  }

  private Finding reached() {
    stack.supabase().selectFirst("Settings", "key.asc", Map.of("select", "key"), 1);
    return new Sound("accepts the key");
  }

  private Finding migrations() {
    try {
      stack.supabase().selectFirst(NEWEST_TABLE, "figure.asc", Map.of("select", "figure"), 1);
      return new Sound("migrations applied");
    } catch (SupabaseRefused e) {
      return new Fault(
        "its newest table is missing: " + e.getMessage(),
        "apply the migrations: npx prisma migrate deploy (docs/deploy.md)"
      );
    }
  }

  private Finding settings() {
    try {
      JobSettings current = settings.current();
      return new Sound("schemas " + versions(current) + yetToCome(current));
    } catch (SettingInvalid e) {
      return Fault.of(
        e,
        "billstep settings set, or billstep schemas activate; billstep settings history shows what was"
      );
    }
  }

  private static String versions(JobSettings settings) {
    return settings
      .schemas()
      .values()
      .stream()
      .map(schema -> schema.docType().label() + " " + schema.version())
      .sorted()
      .collect(Collectors.joining(", "));
  }

  /** Types whose rows have not come yet: pages of theirs are unknown ones until then. */
  private static String yetToCome(JobSettings settings) {
    var types = Arrays.stream(DocType.values())
      .filter(type -> !settings.schemas().containsKey(type))
      .map(DocType::label)
      .collect(Collectors.joining(", "));
    return types.isEmpty() ? "" : "; none yet of " + types;
  }

  private Finding model() {
    var model = settings.current().model();
    if (provider(model).isEmpty()) {
      return new Fault(
        "the functions have no provider \"%s\"".formatted(model.provider()),
        "billstep settings set model '{\"provider\": …}': " +
          providers.stream().map(PageModelProvider::name).sorted().collect(Collectors.joining(", "))
      );
    }
    return stack
      .supabase()
      .selectOne("ModelBreaker", Map.of("model_id", "eq." + model.id()))
      .filter(breaker -> !breaker.path("state").asText().equals("closed"))
      .<Finding>map(breaker -> jobsWait(model, breaker))
      .orElseGet(() -> new Sound(model.id()));
  }

  private static Fault jobsWait(ModelSettings model, JsonNode breaker) {
    return new Fault(
      "the jobs of %s wait (%s): %s".formatted(
        model.id(),
        breaker.path("state").asText(),
        breaker.path("reason").asText("")
      ),
      "they continue by themselves once it answers; docs/runbook.md says how to resume what was paused by hand"
    );
  }

  private Finding modelKey() {
    return provider(settings.current().model())
      .flatMap(provider -> provider.keyName().map(key -> modelKey(provider, key)))
      .orElseGet(() -> new Sound("needs none"));
  }

  private Finding modelKey(PageModelProvider provider, String key) {
    return inSecret(key, key + " is there", "billstep keys set " + provider.name());
  }

  private Finding modelAnswer() {
    var model = settings.current().model();
    try (var secrets = stack.secrets()) {
      var keys = new SecretKeys(secrets, stack.outputs().keysSecret(), InstantSource.system());
      return provider(model)
        .map(provider -> new ModelExamination(provider, model, keys, InstantSource.system()).ask())
        .orElseGet(() -> new Unknown("fix what is above first"));
    }
  }

  private Optional<PageModelProvider> provider(ModelSettings model) {
    return providers
      .stream()
      .filter(provider -> provider.name().equals(model.provider()))
      .findFirst();
  }

  private Finding jobs() {
    int stuck = stack
      .supabase()
      .select(
        "JobThread",
        "id.asc",
        Map.of(
          "select",
          "id",
          "status",
          "eq.processing",
          "lease_until",
          "lt." + InstantSource.system().instant()
        )
      )
      .size();
    return stuck == 0
      ? new Sound("no job is held by a run that has ended")
      : new Fault(
          "held by runs that have ended: %d".formatted(stuck),
          "the stack ends them every five minutes; if it does not, its schedules are off: billstep retry"
        );
  }
}
