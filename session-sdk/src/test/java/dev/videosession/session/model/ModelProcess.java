package dev.videosession.session.model;

import io.reactivex.rxjava3.core.Scheduler;
import io.reactivex.rxjava3.disposables.Disposable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** The process of one client in a run of the model: its tasks and timers in virtual time. It may be suspended for a while. */
final class ModelProcess extends Scheduler implements ModelTime.Actor {
    private record Waiting(long due, long number, Runnable task) implements Comparable<Waiting> {
        @Override
        public int compareTo(Waiting other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final ModelTime time;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Waiting> timers = new PriorityQueue<>();
    private long count;
    private long frozenUntil;
    private long runningSince;
    private long sleptNanos;
    private boolean sleeping;

    ModelProcess(ModelTime time) {
        this.time = time;
    }

    /** Does nothing for some time; what becomes due meanwhile is late. */
    void suspend(long millis) {
        thaw();
        freeze(millis);
    }

    private void freeze(long millis) {
        frozenUntil = time.nanos() + TimeUnit.MILLISECONDS.toNanos(millis);
        runningSince = frozenUntil;
    }

    /** The machine sleeps for some time: nothing runs, and the monotonic clock stops, timers included. */
    void sleep(long millis) {
        thaw();
        freeze(millis);
        sleeping = true;
        shift(frozenUntil - time.nanos());
    }

    /** Continues now, whatever was requested before. */
    void thaw() {
        if (sleeping) {
            sleeping = false;
            shift(Math.min(0, time.nanos() - frozenUntil));
        }
        frozenUntil = 0;
        runningSince = Math.min(runningSince, time.nanos());
    }

    private void shift(long nanos) {
        sleptNanos += nanos;
        List<Waiting> shifted = timers.stream()
                .map(each -> new Waiting(each.due + nanos, each.number, each.task))
                .toList();
        timers.clear();
        timers.addAll(shifted);
    }

    long frozenUntil() {
        return frozenUntil;
    }

    /** {@return when it went on after it stood still, or will; 0 if it never did} */
    long runningSince() {
        return runningSince;
    }

    int waiting() {
        return tasks.size() + timers.size();
    }

    @Override
    public long due() {
        if (!tasks.isEmpty()) {
            return frozenUntil;
        }
        Waiting next = timers.peek();
        return next == null ? ModelTime.NEVER : Math.max(next.due, frozenUntil);
    }

    @Override
    public void work() {
        Runnable task = tasks.poll();
        if (task == null) {
            task = timers.remove().task;
        }
        task.run();
    }

    /** Runs the tasks that wait now, timers not included. */
    void drain() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    @Override
    public long now(TimeUnit unit) {
        return unit.convert(time.nanos() - sleptNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public Disposable scheduleDirect(Runnable task) {
        tasks.add(task);
        return Disposable.fromRunnable(() -> tasks.remove(task));
    }

    @Override
    public Disposable scheduleDirect(Runnable task, long delay, TimeUnit unit) {
        Waiting waiting = new Waiting(time.nanos() + unit.toNanos(delay), count++, task);
        timers.add(waiting);
        return Disposable.fromRunnable(() -> timers.removeIf(each -> each.number == waiting.number));
    }

    @Override
    public Worker createWorker() {
        throw new UnsupportedOperationException("a session's loop needs no worker");
    }
}
