package dev.videosession.server.internal.redis.simulated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.MathLib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.StringLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.VarArgFunction;

/** Runs scripts in Lua as Redis does. Each thread has one, because compiling takes longer than running. */
final class LuaScripts {
    private static final ThreadLocal<LuaScripts> OF_THREAD = ThreadLocal.withInitial(LuaScripts::new);

    private final Globals globals = new Globals();
    private final Map<String, LuaValue> compiled = new HashMap<>();
    private @Nullable SimulatedCommands commands;

    private LuaScripts() {
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new StringLib());
        globals.load(new TableLib());
        globals.load(new MathLib());
        LoadState.install(globals);
        LuaC.install(globals);
        LuaTable redis = new LuaTable();
        redis.set("call", new Call());
        globals.set("redis", redis);
        LuaTable json = new LuaTable();
        json.set("encode", new Encode());
        globals.set("cjson", json);
    }

    static LuaScripts ofThread() {
        return OF_THREAD.get();
    }

    /** Runs a script and returns its result as Lettuce would. */
    List<Object> run(String source, SimulatedCommands redis, String[] keys, byte[][] arguments) {
        commands = redis;
        LuaTable keyTable = new LuaTable();
        for (int i = 0; i < keys.length; i++) {
            keyTable.set(i + 1, SimulatedCommands.text(keys[i]));
        }
        LuaTable argumentTable = new LuaTable(arguments.length, 0);
        for (int i = 0; i < arguments.length; i++) {
            argumentTable.set(i + 1, LuaString.valueUsing(arguments[i]));
        }
        globals.set("KEYS", keyTable);
        globals.set("ARGV", argumentTable);
        return list(compiled.computeIfAbsent(source, text -> globals.load(text, "script"))
                .call()
                .checktable());
    }

    private static List<Object> list(LuaTable table) {
        List<Object> list = new ArrayList<>();
        for (int i = 1; !table.get(i).isnil(); i++) {
            list.add(value(table.get(i)));
        }
        return list;
    }

    private static @Nullable Object value(LuaValue value) {
        if (value.istable()) {
            return list(value.checktable());
        } else if (value.type() == LuaValue.TNUMBER) {
            return value.tolong();
        } else if (value.isboolean()) {
            return value.toboolean() ? Long.valueOf(1) : null;
        }
        return SimulatedCommands.bytes(value.checkstring());
    }

    private final class Call extends VarArgFunction {
        @Override
        public Varargs invoke(Varargs values) {
            List<LuaString> arguments = new ArrayList<>(values.narg());
            for (int i = 2; i <= values.narg(); i++) {
                arguments.add(values.checkstring(i));
            }
            SimulatedCommands current = commands;
            if (current == null) {
                throw new LuaError("no script runs");
            }
            return current.call(values.checkjstring(1), arguments);
        }
    }

    /** Objects with texts. */
    private static final class Encode extends OneArgFunction {
        @Override
        public LuaValue call(LuaValue value) {
            LuaTable table = value.checktable();
            StringBuilder json = new StringBuilder("{");
            for (LuaValue key : table.keys()) {
                json.append(json.length() > 1 ? "," : "");
                quote(json, key.tojstring());
                json.append(':');
                quote(json, new String(SimulatedCommands.bytes(table.get(key).checkstring()), StandardCharsets.UTF_8));
            }
            return SimulatedCommands.text(json.append('}').toString());
        }

        private static void quote(StringBuilder json, String text) {
            json.append('"');
            for (int i = 0; i < text.length(); i++) {
                char each = text.charAt(i);
                if (each == '"' || each == '\\') {
                    json.append('\\').append(each);
                } else if (each < ' ') {
                    json.append(String.format("\\u%04x", (int) each));
                } else {
                    json.append(each);
                }
            }
            json.append('"');
        }
    }
}
