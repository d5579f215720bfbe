import { Worker } from "node:worker_threads";
import { TooComplex } from "./limits.ts";
import type { Answer } from "./serve.ts";

/** Work done off the event loop, in order of asking. `run` rejects with TooComplex when an input takes too much. */
export type Pool<In, Out> = { run: (input: In) => Promise<Out>; close: () => Promise<void> };

/**
 * `milliseconds`: how long one input may keep a processor busy, its worker's start not counted; ten times that by the clock, so
 * that a machine with much else to do refuses nothing for it. `waiting`: how many may queue.
 */
export type PoolLimits = { workers: number; milliseconds: number; waiting: number };

/**
 * A pool of workers running the module at `entry`, which calls `serve`. They start when first needed, do not keep the
 * process alive while idle, and are killed and replaced when an input takes longer or more memory than allowed.
 */
export const createPool = <In, Out>(entry: URL, limits: PoolLimits): Pool<In, Out> => {
  const seats = new Set<Seat<In, Out>>();
  const queue: Job<In, Out>[] = [];
  const assign = (): void => {
    const seat = queue.length > 0 ? findSeat() : undefined;
    const job = seat && queue.shift();
    if (seat && job) take(seat, job, limits.milliseconds);
  };
  const findSeat = (): Seat<In, Out> | undefined => {
    const free = [...seats].find((seat) => seat.job === undefined);
    return free || seats.size >= limits.workers ? free : openSeat({ entry, seats, assign, limits });
  };
  const run = (input: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      if (queue.length >= limits.waiting) return reject(new TooComplex("time"));
      queue.push({ input, resolve, reject });
      assign();
    });
  return { run, close: async () => void (await Promise.all([...seats].map((seat) => seat.worker.terminate()))) };
};

type Job<In, Out> = { input: In; resolve: (value: Out) => void; reject: (error: Error) => void };

/** A worker and what it is doing. `started`: its module has loaded, so the time of a job counts. */
type Seat<In, Out> = {
  worker: Worker;
  job: Job<In, Out> | undefined;
  timer: NodeJS.Timeout | undefined;
  started: boolean;
};

type Opening<In, Out> = { entry: URL; seats: Set<Seat<In, Out>>; assign: () => void; limits: PoolLimits };

const MEMORY = { maxOldGenerationSizeMb: 256 };

const openSeat = <In, Out>({ entry, seats, assign, limits }: Opening<In, Out>): Seat<In, Out> => {
  const worker = new Worker(entry, { resourceLimits: MEMORY });
  const seat: Seat<In, Out> = { worker, job: undefined, timer: undefined, started: false };
  seats.add(seat);
  worker.unref();
  worker.on("message", (message: "started" | Answer<Out>) => {
    if (message === "started") start(seat, limits.milliseconds);
    else settle(seat, message);
    assign();
  });
  worker.on("error", (error: NodeJS.ErrnoException) =>
    leave(seat)?.reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? new TooComplex("output") : error),
  );
  worker.on("exit", () => {
    leave(seat)?.reject(new TooComplex("time"));
    seats.delete(seat);
    assign();
  });
  return seat;
};

const take = <In, Out>(seat: Seat<In, Out>, job: Job<In, Out>, milliseconds: number): void => {
  seat.job = job;
  seat.worker.ref();
  seat.worker.postMessage(job.input);
  if (seat.started) start(seat, milliseconds);
};

const start = <In, Out>(seat: Seat<In, Out>, milliseconds: number): void => {
  seat.started = true;
  const { job } = seat;
  if (!job) return;
  const clock = performance.now();
  void busyTime(seat.worker).then((before) => watch(seat, { job, milliseconds, clock, before }));
};

type Watch<In, Out> = { job: Job<In, Out>; milliseconds: number; clock: number; before: number };

/** Ends a job that has had its time, and looks again later at one that had to wait for a processor. */
const watch = <In, Out>(seat: Seat<In, Out>, since: Watch<In, Out>, used = 0): void => {
  const { job, milliseconds, clock, before } = since;
  if (seat.job !== job) return;
  seat.timer = setTimeout(
    async () => {
      const spent = (await busyTime(seat.worker)) - before;
      const isOver = spent >= milliseconds || performance.now() - clock >= 10 * milliseconds;
      if (!isOver) watch(seat, since, spent);
      else if (seat.job === job) void seat.worker.terminate();
    },
    Math.max(50, milliseconds - used),
  );
};

/** How long a worker has kept a processor busy, in milliseconds; one that has ended has all the time it took. */
const busyTime = async (worker: Worker): Promise<number> => {
  const usage = await worker.cpuUsage().catch(() => undefined);
  return usage ? (usage.user + usage.system) / 1000 : Number.POSITIVE_INFINITY;
};

const settle = <In, Out>(seat: Seat<In, Out>, answer: Answer<Out>): void => {
  const job = leave(seat);
  seat.worker.unref();
  if ("value" in answer) job?.resolve(answer.value);
  else job?.reject(answer.limit === undefined ? new Error(answer.error) : new TooComplex(answer.limit));
};

const leave = <In, Out>(seat: Seat<In, Out>): Job<In, Out> | undefined => {
  const { job } = seat;
  clearTimeout(seat.timer);
  seat.job = undefined;
  return job;
};
