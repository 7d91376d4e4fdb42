package dev.billstep.database.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A thing that a database is made of: two databases are equal when theirs are. */
sealed interface DatabaseObject {
  /** What it is called among all of a database, such as {@code function hold_job(uuid,text)}. */
  String name();

  /** What it is, for comparing and for reading. */
  String definition();

  /** The file in {@code prisma/} that says so. */
  String file();

  /** A table, or a column, index, key or enum: what Prisma's schema says. */
  record TablePart(String name, String definition) implements DatabaseObject {
    /** What the names of parts begin with that say that a table is there. */
    static final String TABLE = "table ";

    boolean isTable() {
      return name.startsWith(TABLE);
    }

    /** How privileges name a table. */
    String on() {
      return Privileges.ON_TABLE + name.substring(TABLE.length());
    }

    @Override
    public String file() {
      return "schema.prisma";
    }
  }

  /**
   * What no row of a table may say.
   *
   * @param table quoted where it needs to be
   */
  record Check(String constraint, String table, String definition) implements DatabaseObject {
    @Override
    public String name() {
      return "check %s on %s".formatted(constraint, table);
    }

    @Override
    public String file() {
      return DatabaseFolder.CONSTRAINTS;
    }

    String drop() {
      return "ALTER TABLE %s DROP CONSTRAINT %s;\n".formatted(table, constraint);
    }

    /** For rows to come: those that are there are looked at by {@link #validate}. */
    String add() {
      return "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID;\n".formatted(
        table,
        constraint,
        definition
      );
    }

    /**
     * Looks at the rows that are there. In a transaction of its own it holds up no writer; in that of
     * {@link #add} it would hold up everyone.
     */
    String validate() {
      return "ALTER TABLE %s VALIDATE CONSTRAINT %s;\n".formatted(table, constraint);
    }
  }

  /**
   * A function that PostgREST or another function calls.
   *
   * @param signature as {@code DROP FUNCTION} takes it
   * @param head names and defaults of the arguments, and the result: what can't be replaced
   */
  record SqlFunction(
    String simpleName,
    String signature,
    String head,
    String definition
  ) implements DatabaseObject {
    static final String FUNCTION = "function ";

    @Override
    public String name() {
      return FUNCTION + signature;
    }

    /** How privileges name it. */
    String on() {
      return Privileges.ON_FUNCTION + signature;
    }

    boolean canReplace(SqlFunction other) {
      return head.equals(other.head);
    }

    String drop() {
      return "DROP FUNCTION %s;\n".formatted(signature);
    }

    @Override
    public String file() {
      return SqlFile.ofFunction(simpleName);
    }
  }

  /**
   * A trigger.
   *
   * @param table quoted where it needs to be
   * @param function that it calls, whose file has it
   */
  record Trigger(
    String trigger,
    String table,
    String function,
    String definition
  ) implements DatabaseObject {
    @Override
    public String name() {
      return "trigger %s on %s".formatted(trigger, table);
    }

    @Override
    public String file() {
      return SqlFile.ofFunction(function);
    }
  }

  /** A policy of row-level security; its definition makes it. */
  record Policy(String policy, String table, String definition) implements DatabaseObject {
    @Override
    public String name() {
      return "policy %s on %s".formatted(policy, table);
    }

    @Override
    public String file() {
      return DatabaseFolder.POLICIES;
    }
  }

  /**
   * Row-level security of a table, where it is on.
   *
   * @param mode {@code ENABLE}, or {@code FORCE} where it binds the owner as well
   */
  record RowSecurity(String table, String mode) implements DatabaseObject {
    private static final String ENABLE = "ENABLE";

    @Override
    public String name() {
      return mode.equals(ENABLE)
        ? "row-level security of " + table
        : "row-level security of %s for its owner".formatted(table);
    }

    @Override
    public String definition() {
      return "ALTER TABLE %s %s ROW LEVEL SECURITY".formatted(table, mode);
    }

    String opposite() {
      return "ALTER TABLE %s %s ROW LEVEL SECURITY".formatted(
        table,
        mode.equals(ENABLE) ? "DISABLE" : "NO FORCE"
      );
    }

    @Override
    public String file() {
      return DatabaseFolder.POLICIES;
    }
  }

  /**
   * What a role may do with one thing.
   *
   * @param scope of default privileges: what comes before GRANT; else empty
   * @param on such as {@code TABLE "Doc"}
   * @param privileges in order; of columns with those in parentheses
   */
  record Privileges(
    String scope,
    String on,
    String role,
    List<String> privileges
  ) implements DatabaseObject {
    static final String ON_FUNCTION = "FUNCTION ";
    static final String ON_TABLE = "TABLE ";

    @Override
    public String name() {
      return "privileges of %s on %s%s".formatted(role, scope, on);
    }

    @Override
    public String definition() {
      return grant(privileges);
    }

    /** The name of the table or function that they are about. */
    String subject() {
      return on
        .replaceFirst("^" + ON_TABLE, TablePart.TABLE)
        .replaceFirst("^" + ON_FUNCTION, SqlFunction.FUNCTION);
    }

    @Override
    public String file() {
      return DatabaseFolder.POLICIES;
    }

    String grant(List<String> granted) {
      return "%sGRANT %s ON %s TO %s".formatted(scope, String.join(", ", granted), on, role);
    }

    String revoke(List<String> revoked) {
      return "%sREVOKE %s ON %s FROM %s".formatted(scope, String.join(", ", revoked), on, role);
    }
  }

  /** A version of a doc type's schema and prompt, which says the same for ever. */
  record DocTypeVersion(String docType, int version, String definition) implements DatabaseObject {
    @Override
    public String name() {
      return "version %d of doc type %s".formatted(version, docType);
    }

    @Override
    public String file() {
      return DocTypeFile.path(docType, version);
    }
  }

  /** The version of a doc type that new jobs read by. */
  record ActiveVersion(String docType, int version) implements DatabaseObject {
    @Override
    public String name() {
      return "active version of doc type " + docType;
    }

    @Override
    public String definition() {
      return String.valueOf(version);
    }

    @Override
    public String file() {
      return DocTypeFile.path(docType, version);
    }
  }

  /**
   * A setting of a new database.
   *
   * @param definition its value
   * @param version that the value says it has, if any
   */
  record Setting(
    String key,
    String definition,
    @Nullable String version
  ) implements DatabaseObject {
    @Override
    public String name() {
      return "setting " + key;
    }

    @Override
    public String file() {
      return version == null ? SettingFile.json(key) : SettingFile.folder(key);
    }
  }
}
