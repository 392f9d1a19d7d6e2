// engine/kernel/units.ts
/** A time after every event. */
const NEVER = Number.MAX_SAFE_INTEGER;
// engine/lookahead.ts
/**
* The smallest delay of any link between two shards: no event of one shard can cause one in another sooner, so a window
* of that length can run without asking. Rules may only lengthen a delay; weights divide it, so the largest counts.
*/
function lookaheadOf(shard) {
	const { plan, topology, world } = shard;
	if (plan.shards === 1) return NEVER;
	const cached = cache.get(shard);
	if (cached !== void 0 && cached.version === world.state.topologyVersion) return cached.us;
	let us = NEVER;
	const consider = (a, b) => {
		if (plan.shardOf(a) === plan.shardOf(b)) return;
		const floor = Math.min(plan.latency.floorUs(a, b), plan.latency.floorUs(b, a));
		us = Math.min(us, topology.weighted ? Math.max(1, Math.round(floor / topology.weight(a, b))) : floor);
	};
	if (topology.linkCount() <= COUNTED_LINKS) topology.forEachLink(consider);
	else us = topology.weighted ? 1 : plan.latency.minFloorUs();
	cache.set(shard, {
		version: world.state.topologyVersion,
		us: Math.max(1, us)
	});
	return Math.max(1, us);
}
/** Beyond this many links the law's own minimum stands in for the minimum over the links. */
const COUNTED_LINKS = 5e5;
const cache = /* @__PURE__ */ new WeakMap();
// engine/agents/agentState.ts
/** Status of an agent; the numbers index STATUS in frame/. */
const STATUS_CODE = {
	absent: 0,
	up: 1,
	down: 2,
	paused: 3
};
/** What an event asks of the agent it is addressed to. */
const EVENT = {
	start: 1,
	arrive: 2,
	timer: 3,
	diskDone: 4,
	serve: 5,
	clientOp: 6,
	discovery: 7
};
// engine/kernel/KeyOrders.ts
/**
* Orders remembered by shape: a run has few shapes and asks for every mark, agent and message. Objects used as
* dictionaries are sorted each time: by number always, by name once the memory is full.
*/
var KeyOrders = class {
	root = emptyShape();
	shapes = 0;
	/** The shape with one key more; null where there is no room for another. */
	after(shape, key) {
		if (shape.likelyKey === key && shape.likely !== null) return shape.likely;
		let next = shape.next.get(key);
		if (next === void 0) {
			if (this.shapes === SHAPES_MAX || isIndex(key)) return null;
			this.shapes++;
			next = emptyShape();
			shape.next.set(key, next);
		}
		shape.likelyKey = key;
		shape.likely = next;
		return next;
	}
	/** The order of `value`, which enumerates the keys of `shape`; null: an unknown one. */
	of(value, shape) {
		if (shape === null) return orderOf(Object.keys(value));
		return shape.order ??= orderOf(Object.keys(value));
	}
};
const emptyShape = () => ({
	next: /* @__PURE__ */ new Map(),
	likelyKey: "",
	likely: null,
	order: null
});
const SHAPES_MAX = 4096;
/** Whether a key begins like a number, as the keys of a dictionary by id do and the names of fields do not. */
const isIndex = (key) => key.charCodeAt(0) <= 57;
function orderOf(keys) {
	const sorted = keys.toSorted();
	const hashes = new Int32Array(2 * keys.length);
	sorted.forEach((key, i) => hashText(key, hashes, 2 * i));
	return {
		places: Int32Array.from(sorted, (key) => keys.indexOf(key)),
		hashes
	};
}
/** FNV-1a (Fowler, Noll, Vo) over UTF-16 units in two lanes of 32 bits with different multipliers, mixed at the end. */
function hashText(text, out, at) {
	let low = -2128831035;
	let high = 789269575;
	for (let i = 0; i < text.length; i++) {
		const unit = text.charCodeAt(i);
		low = Math.imul(low ^ unit, 16777619);
		high = Math.imul(high ^ unit, 1540483477) ^ high >>> 15;
	}
	out[at] = Math.imul(low ^ low >>> 16, 2246822507);
	out[at + 1] = Math.imul(high ^ high >>> 13, 3266489909);
}
// engine/kernel/digest.ts
const emptySum = () => ({
	low: 0,
	high: 0
});
/** Adds another sum mod 2⁶⁴. Mutates `sum`. */
function addSum(sum, low, high) {
	const total = sum.low + low;
	sum.low = total >>> 0;
	sum.high = sum.high + high + (total > 4294967295 ? 1 : 0) >>> 0;
}
/** Sixteen hexadecimal digits. */
const digestText = (sum) => sum.high.toString(16).padStart(8, "0") + sum.low.toString(16).padStart(8, "0");
const bits = /* @__PURE__ */ new Float64Array(1);
const bitWords = new Uint32Array(bits.buffer);
const WORDS_MAX = 1024;
/** What it remembers changes no digest, so all hashers share it. */
const orders = new KeyOrders();
/** One value being hashed. `begin`, then what it is made of, then `end` adds it to a sum. Reused; never nested. */
var Hasher = class {
	a = 0;
	b = 0;
	count = 0;
	/** Words that are not mixed in yet: mixing many at once keeps both lanes in registers. */
	words = new Int32Array(WORDS_MAX);
	waiting = 0;
	/** Field values of the objects being hashed, outermost first, each in its own order. */
	fieldStack = [];
	fieldTop = 0;
	begin(tag) {
		this.a = 789269575;
		this.b = 1371992275;
		this.count = 0;
		this.waiting = 0;
		this.fieldTop = 0;
		this.word(tag);
	}
	word(value) {
		if (this.waiting === WORDS_MAX) this.mix();
		this.words[this.waiting++] = value;
	}
	mix() {
		const { words, waiting } = this;
		let { a, b } = this;
		for (let i = 0; i < waiting; i++) {
			const value = words[i];
			let x = Math.imul(value, 3432918353);
			x = x << 15 | x >>> 17;
			a ^= Math.imul(x, 461845907);
			a = a << 13 | a >>> 19;
			a = Math.imul(a, 5) + 3864292196 | 0;
			let y = Math.imul(value ^ 1540483477, 2246822507);
			y = y << 16 | y >>> 16;
			b ^= Math.imul(y, 3266489909);
			b = b << 11 | b >>> 21;
			b = Math.imul(b, 9) + 951274213 | 0;
		}
		this.a = a;
		this.b = b;
		this.count += waiting;
		this.waiting = 0;
	}
	/** The f64 bits; every NaN is one value, −0 is not 0. */
	number(value) {
		bits[0] = value === value ? value : NaN;
		if (value !== value) {
			this.word(0);
			this.word(2146959360);
			return;
		}
		this.word(bitWords[0]);
		this.word(bitWords[1]);
	}
	/** Length, then two UTF-16 units a word. */
	text(value) {
		const { length } = value;
		this.word(length);
		for (let i = 0; i < length; i += 2) this.word(value.charCodeAt(i) | (i + 1 < length ? value.charCodeAt(i + 1) << 16 : 0));
	}
	/** Plain data in canonical order: object keys sorted, absent and undefined fields alike. */
	plain(value) {
		if (typeof value === "number") this.someNumber(value);
		else if (typeof value === "string") {
			this.word(2);
			this.text(value);
		} else if (value === null || value === void 0) this.word(3);
		else if (value === true) this.word(4);
		else if (value === false) this.word(5);
		else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
			const items = value;
			this.word(6);
			this.word(items.length);
			for (let i = 0; i < items.length; i++) this.plain(items[i]);
		} else this.fields(value);
	}
	/** A 32-bit integer is one word, every other number (−0 too) its bits. */
	someNumber(value) {
		if ((value | 0) === value && (value !== 0 || 1 / value > 0)) {
			this.word(9);
			this.word(value);
		} else {
			this.word(1);
			this.number(value);
		}
	}
	fields(value) {
		const { fieldStack } = this;
		const base = this.fieldTop;
		let shape = orders.root;
		let top = base;
		for (const key in value) {
			if (shape !== null) shape = orders.after(shape, key);
			fieldStack[top++] = value[key];
		}
		this.fieldTop = top;
		this.word(7);
		const { places, hashes } = orders.of(value, shape);
		for (let i = 0; i < places.length; i++) {
			const field = fieldStack[base + places[i]];
			if (field === void 0) continue;
			this.word(hashes[2 * i]);
			this.word(hashes[2 * i + 1]);
			this.plain(field);
		}
		this.word(8);
		this.fieldTop = base;
	}
	/** Finishes and adds to `sum`. Mutates `sum`. */
	end(sum) {
		this.mix();
		const a = avalanche(this.a ^ this.count);
		const b = avalanche(this.b ^ this.count ^ a);
		addSum(sum, (a ^ Math.imul(b, 2654435761)) >>> 0, b >>> 0);
	}
};
function avalanche(h) {
	h ^= h >>> 16;
	h = Math.imul(h, 2246822507);
	h ^= h >>> 13;
	h = Math.imul(h, 3266489909);
	return h ^ h >>> 16;
}
// engine/kernel/plain.ts
/** A deep copy of mutable plain data; typed arrays are copied, everything else is rebuilt. */
function clonePlain(value) {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) {
		const copy = new Array(value.length);
		for (let i = 0; i < value.length; i++) copy[i] = clonePlain(value[i]);
		return copy;
	}
	if (ArrayBuffer.isView(value)) return value.slice();
	const copy = {};
	for (const key in value) copy[key] = clonePlain(value[key]);
	return copy;
}
// engine/kernel/philox.ts
/**
* Philox4x32-10: a counter-based generator, so a random number has an address instead of a place in a sequence.
* Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11; vectors from Random123.
*/
const M0 = 3528531795;
const M1 = 3449720151;
const W0 = 2654435769;
const W1 = 3144134277;
const M0_LOW = 8019;
const M0_HIGH = 53841;
const M1_LOW = 36183;
const M1_HIGH = 52638;
/** Fills `out[0..3]` with the four words at key (k0, k1) and counter (c0, c1, c2, c3). Arguments are taken mod 2³². */
function philox(out, k0, k1, c0, c1, c2, c3) {
	for (let round = 0; round < 10; round++) {
		const a = c0 & 65535;
		const b = c0 >>> 16;
		const ab = b * M0_LOW + (a * M0_LOW >>> 16);
		const abMid = a * M0_HIGH + (ab & 65535);
		const high0 = b * M0_HIGH + (ab >>> 16) + (abMid >>> 16);
		const c = c2 & 65535;
		const d = c2 >>> 16;
		const cd = d * M1_LOW + (c * M1_LOW >>> 16);
		const cdMid = c * M1_HIGH + (cd & 65535);
		const high1 = d * M1_HIGH + (cd >>> 16) + (cdMid >>> 16);
		const low0 = Math.imul(c0, M0);
		const low1 = Math.imul(c2, M1);
		c0 = high1 ^ c1 ^ k0;
		c1 = low1;
		c2 = high0 ^ c3 ^ k1;
		c3 = low0;
		k0 = k0 + W0 | 0;
		k1 = k1 + W1 | 0;
	}
	out[0] = c0;
	out[1] = c1;
	out[2] = c2;
	out[3] = c3;
}
/** What a random number is for: the second half of the key. Numbers are never reused; new ones are appended. */
const STREAM = {
	link: 1,
	program: 2,
	rule: 3,
	scenario: 4,
	disk: 5,
	space: 6
};
/** A probability as the bound a 32-bit word is compared with: `word < threshold(p)`. p = 1 is always, p = 0 never. */
const threshold = (probability) => Math.ceil(probability * 4294967296);
// engine/net/LinkTable.ts
/**
* What a sender knows of its directed links: how many transmissions it has sent, and when the last one is due. Open
* addressing over flat rows, because a mesh has too many links for a table of all pairs and most carry nothing.
*/
var LinkTable = class {
	/** Rows of [src, dst, count, 0]: one cache line a look-up. */
	rows32 = emptyRows(INITIAL$3);
	due = new Float64Array(INITIAL$3);
	size = 0;
	/** Slot of src → dst, made where it was missing. Valid until the next call. */
	slot(src, dst) {
		if (2 * this.size >= this.due.length) this.grow();
		const { rows32 } = this;
		const mask = this.due.length - 1;
		let slot = (Math.imul(src, 2654435761) ^ Math.imul(dst, 2246822507)) & mask;
		slot = (slot ^ slot >>> 7) & mask;
		while (rows32[ROW * slot] !== FREE) {
			if (rows32[ROW * slot] === src && rows32[ROW * slot + DST$1] === dst) return slot;
			slot = slot + 1 & mask;
		}
		this.size++;
		rows32[ROW * slot] = src;
		rows32[ROW * slot + DST$1] = dst;
		rows32[ROW * slot + COUNT] = 0;
		this.due[slot] = 0;
		return slot;
	}
	/** Number of this transmission on the link, from 0. Counts it. */
	next(slot) {
		return this.rows32[ROW * slot + COUNT]++ >>> 0;
	}
	/** The due time of a link that keeps order: never before what was sent earlier. Remembers it. */
	inOrder(slot, due) {
		const kept = Math.max(due, this.due[slot] + 1);
		this.due[slot] = kept;
		return kept;
	}
	digest(sum, hasher) {
		for (const [src, dst, count, due] of this.rows()) {
			hasher.begin(TAG_LINK);
			hasher.word(src);
			hasher.word(dst);
			hasher.word(count);
			hasher.number(due);
			hasher.end(sum);
		}
	}
	/** Rows [src, dst, count, dueUs], for checkpoints; independent of the layout of shards. */
	rows() {
		const { rows32, due } = this;
		const rows = [];
		for (let slot = 0, at = 0; slot < due.length; slot++, at += ROW) if (rows32[at] !== FREE) rows.push([
			rows32[at],
			rows32[at + DST$1],
			rows32[at + COUNT] >>> 0,
			due[slot]
		]);
		return rows;
	}
	/** Replaces everything by `rows`. */
	restore(rows) {
		this.rows32 = emptyRows(this.due.length);
		this.size = 0;
		for (const [src, dst, count, due] of rows) this.put(src, dst, count, due);
	}
	put(src, dst, count, due) {
		const slot = this.slot(src, dst);
		this.rows32[ROW * slot + COUNT] = count;
		this.due[slot] = due;
	}
	grow() {
		const rows = this.rows();
		this.due = new Float64Array(this.due.length * 2);
		this.restore(rows);
	}
};
const INITIAL$3 = 64;
const ROW = 4;
const DST$1 = 1;
const COUNT = 2;
const FREE = -2147483648;
const TAG_LINK = 17;
function emptyRows(slots) {
	const rows = new Int32Array(slots * ROW);
	for (let at = 0; at < rows.length; at += ROW) rows[at] = FREE;
	return rows;
}
const words$1 = /* @__PURE__ */ new Uint32Array(4);
/** Asks every rule in order about transmission `index` of src → dst. Mutates and returns `verdict`. */
function ask$1(rules, seed, src, dst, kind, index, verdict) {
	verdict.blocked = verdict.lost = false;
	verdict.copies = 1;
	verdict.extraUs = 0;
	for (const rule of rules) {
		if (!matches(rule, src, dst, kind)) continue;
		switch (rule.action) {
			case "partition":
			case "cut":
				verdict.blocked = true;
				break;
			case "delay":
				verdict.extraUs += rule.us;
				break;
			case "lose":
				if (draw(seed, rule.id, src, dst, index, 0) < threshold(rule.probability)) verdict.lost = true;
				break;
			case "duplicate":
				if (draw(seed, rule.id, src, dst, index, 1) < threshold(rule.probability)) verdict.copies++;
				break;
			case "reorder": if (draw(seed, rule.id, src, dst, index, 2) < threshold(rule.probability)) verdict.extraUs += Math.floor(rule.us * draw(seed, rule.id, src, dst, index, 3) / 4294967296);
		}
	}
	return verdict;
}
/** Whether a message that is arriving now is stopped: a new partition catches what is in flight. */
function blocks(rules, src, dst, kind) {
	for (const rule of rules) if ((rule.action === "partition" || rule.action === "cut") && matches(rule, src, dst, kind)) return true;
	return false;
}
function matches(rule, src, dst, kind) {
	if (rule.kind !== -1 && rule.kind !== kind) return false;
	if (rule.action === "partition") return rule.from[src] !== rule.from[dst];
	return (rule.from === null || rule.from[src] === 1) && (rule.to === null || rule.to[dst] === 1);
}
function draw(seed, rule, src, dst, index, word) {
	philox(words$1, seed, STREAM.rule + (rule + 1) * 256, src, dst, index, 0);
	return words$1[word];
}
// engine/net/Network.ts
/** How a transmission fared, as known when it was sent; the numbers index FATES in frame/. */
const FATE = {
	delivered: 0,
	lost: 1,
	blocked: 2,
	duplicated: 3,
	delayed: 4,
	dropped: 5,
	unheard: 6
};
/**
* One directed link after another: every delay, loss and copy is an addressed draw, so dropping one message changes
* nothing for another. The rules are asked here at send, and by the host again on arrival.
*/
var Network = class {
	seed;
	spec;
	latency;
	weights;
	links = new LinkTable();
	rules = [];
	words = /* @__PURE__ */ new Uint32Array(4);
	verdict = {
		blocked: false,
		lost: false,
		copies: 1,
		extraUs: 0
	};
	lossBelow;
	duplicateBelow;
	reorderBelow;
	constructor(seed, spec, latency, weights) {
		this.seed = seed;
		this.spec = spec;
		this.latency = latency;
		this.weights = weights;
		this.lossBelow = threshold(spec.loss);
		this.duplicateBelow = threshold(spec.duplicate);
		this.reorderBelow = threshold(spec.reorder.probability);
	}
	/** Sends `packet` over the link packet.via → dst at packet.leftUs. Source-owned link state moves on. */
	transmit(packet, dst, carrier) {
		const src = packet.via;
		const slot = this.links.slot(src, dst);
		const index = this.links.next(slot);
		const { words } = this;
		philox(words, this.seed, STREAM.link, src, dst, index, 0);
		let delay = this.delay(src, dst, words[0]);
		const lossWord = words[1];
		let copies = words[2] < this.duplicateBelow ? 2 : 1;
		let late = false;
		if (words[3] < this.reorderBelow) {
			late = true;
			philox(words, this.seed, STREAM.link, src, dst, index, 2);
			delay += Math.floor(this.spec.reorder.extraUs * words[0] / 4294967296);
		}
		let lost = lossWord < this.lossBelow;
		if (this.rules.length > 0) {
			const verdict = ask$1(this.rules, this.seed, src, dst, packet.kind, index, this.verdict);
			if (verdict.blocked) {
				carrier.flight(packet, dst, packet.leftUs + delay, FATE.blocked, index);
				return;
			}
			lost ||= verdict.lost;
			copies += verdict.copies - 1;
			late ||= verdict.extraUs > 0;
			delay += verdict.extraUs;
		}
		if (lost) {
			carrier.flight(packet, dst, packet.leftUs + delay, FATE.lost, index);
			return;
		}
		this.carry(packet, dst, delay, slot, copies > 1 ? FATE.duplicated : late ? FATE.delayed : FATE.delivered, carrier);
		for (let copy = 1; copy < copies; copy++) {
			philox(words, this.seed, STREAM.link, src, dst, index, copy + 2);
			this.carry(packet, dst, this.delay(src, dst, words[0]), slot, FATE.duplicated, carrier);
		}
	}
	carry(packet, dst, delay, slot, fate, carrier) {
		let due = packet.leftUs + delay;
		if (this.spec.fifo) due = this.links.inOrder(slot, due);
		carrier.flight(packet, dst, due, fate, carrier.arrive(packet, dst, due));
	}
	delay(src, dst, word) {
		const us = this.latency.sample(src, dst, word);
		return this.weights.weighted ? Math.max(1, Math.round(us / this.weights.weight(src, dst))) : us;
	}
};
// engine/snapshot.ts
function takeSnapshot(shard, clock) {
	return {
		clockUs: clock,
		world: shard.world.clone(),
		agents: Array.from(shard.agents.values(), (agent) => cloneAgent(agent, shard.plan)),
		events: shard.pending(),
		links: shard.network.links.rows(),
		markSum: { ...shard.markSum },
		stats: shard.stats.save()
	};
}
/**
* Replaces the shard's state by its share of `parts`, all taken at one cut. `own` is the part this very shard took, or
* null where the layout was another. Mutates the shard, not the parts.
*/
function restoreSnapshot(shard, parts, own) {
	shard.world.state = clonePlain(parts[0].world);
	shard.topology = shard.plan.topology(shard.world.state);
	shard.network.weights = shard.topology;
	shard.network.rules = shard.world.state.rules;
	shard.now = parts[0].clockUs;
	shard.agents.clear();
	shard.queue.clear();
	shard.flights.clear();
	shard.history.clear();
	shard.marks = [];
	shard.markSum = emptySum();
	const mine = (rows, owner) => rows.filter((row) => shard.owns(owner(row)));
	const agents = parts.flatMap((part) => mine(part.agents, (a) => a.id)).sort((x, y) => x.id - y.id);
	for (const agent of agents) shard.agents.set(agent.id, cloneAgent(agent, shard.plan));
	for (const part of parts) for (const row of mine(part.events, (e) => e.dst)) shard.accept(row);
	shard.network.links.restore(parts.flatMap((part) => mine(part.links, (link) => link[0])));
	if (own !== null) {
		shard.stats.load(own.stats);
		addSum(shard.markSum, own.markSum.low, own.markSum.high);
	} else if (shard.options.index === 0) for (const part of parts) addSum(shard.markSum, part.markSum.low, part.markSum.high);
	showPending(shard);
}
/** A copy of an agent for a checkpoint, by its programs' own `clone` where they have one. */
function cloneAgent(agent, plan) {
	return {
		...agent,
		clock: { ...agent.clock },
		inbox: agent.inbox.slice(),
		programs: agent.programs.map((p) => ({
			program: p.program,
			state: p.state === null ? null : (plan.programs[p.program].clone ?? clonePlain)(p.state),
			timers: { ...p.timers },
			draws: { ...p.draws },
			disk: clonePlain(p.disk),
			writes: p.writes.slice(),
			flushing: p.flushing
		}))
	};
}
/** What is in flight is seen in flight again. */
function showPending(shard) {
	if (shard.options.flights === void 0) return;
	for (const slot of shard.queue.sortedSlots()) {
		const row = shard.row(slot);
		if (row.type !== EVENT.arrive) continue;
		const packet = row.payload;
		shard.flights.add(packet.leftUs, row.time, packet.via, row.dst, packet.kind, FATE.delivered, row.seq, row.src);
	}
}
/** Rough size of a snapshot in memory, bytes: what the checkpoint budget is kept in. */
function snapshotBytes(snapshot) {
	let bytes = snapshot.links.length * 64 + snapshot.events.length * 160 + snapshot.world.routed.length * 10;
	for (const agent of snapshot.agents) for (const p of agent.programs) bytes += 200 + roughBytes(p.state, 0);
	return bytes;
}
function roughBytes(value, depth) {
	if (typeof value === "string") return 16 + 2 * value.length;
	if (typeof value !== "object" || value === null) return 8;
	if (ArrayBuffer.isView(value)) return value.byteLength + 64;
	if (Array.isArray(value)) {
		if (value.length > 32 || depth > 4) return 16 + 8 * value.length;
		return value.reduce((sum, item) => sum + roughBytes(item, depth + 1), 16);
	}
	let bytes = 24;
	for (const key in value) bytes += 8 + roughBytes(value[key], depth + 1);
	return bytes;
}
// engine/Driver.ts
/** Without company: how many events to handle between two looks at the wall clock. */
const CHUNK_EVENTS = 4096;
/**
* Takes one shard through windows and cuts. It yields wherever all shards must meet, so the same code runs on workers
* (each meeting is a barrier) and on one thread (each meeting is a loop over the shards).
*/
var Driver = class {
	shard;
	mail;
	/** Every event with time < clock is done; the cut at clock is done only if `cutDone`. */
	clock = 0;
	cutDone = false;
	digests = [];
	constructor(shard, mail) {
		this.shard = shard;
		this.mail = mail;
	}
	/**
	* Runs to the cut at `until`: every event before it, no command at it. `stop` is asked between windows, on shard 0
	* only, and all leave together. Returns whether `until` was reached.
	*/
	*advance(until, stop) {
		const { shard, mail } = this;
		const { shards, index } = shard.options;
		let waiting = 0;
		for (;;) {
			if (!this.cutDone && this.clock < until) yield* this.cut();
			const all = yield [
				shard.nextEventTime(),
				waiting,
				index === 0 && stop() ? 1 : 0
			];
			if (sum(all, shards, 1) > 0) {
				mail.flush();
				yield NOTHING;
				waiting = mail.drain();
				continue;
			}
			if (this.clock >= until) return true;
			if (all(0, 2) === 1) return false;
			const next = least(all, shards, 0);
			const limit = Math.min(this.nextCut(), until);
			if (next >= limit) {
				this.moveTo(limit);
				continue;
			}
			const end = Math.min(next + lookaheadOf(shard), limit);
			if (shards === 1) {
				this.moveTo(shard.runWindow(end, CHUNK_EVENTS));
				continue;
			}
			shard.runWindow(end, Infinity);
			this.moveTo(end);
			mail.flush();
			yield NOTHING;
			waiting = mail.drain();
		}
	}
	snapshot() {
		return takeSnapshot(this.shard, this.clock);
	}
	/** Goes to a cut: from this shard's `own` part of it, or from all `parts` of another layout. */
	restore(parts, own) {
		restoreSnapshot(this.shard, parts, own);
		this.clock = parts[0].clockUs;
		this.cutDone = false;
		this.digests = [];
	}
	moveTo(t) {
		this.clock = t;
		this.cutDone = false;
	}
	/** What happens at a cut, always in this order; changing it changes every digest. */
	*cut() {
		const { shard, clock } = this;
		const { world, plan } = shard;
		if (clock > 0 && clock % plan.scenario.digestEveryUs === 0) this.digests.push({
			timeUs: clock,
			sum: shard.digest()
		});
		this.cutDone = true;
		if (world.nextAt(clock, true) !== clock) return;
		let leads = NO_LEADS;
		if (world.needsLeads(clock)) {
			const mine = shard.leads();
			leads = mergeLeads(yield [
				mine.term,
				mine.leader,
				mine.follower
			], shard.options.shards);
		}
		shard.cut(clock, leads);
	}
	nextCut() {
		const every = this.shard.plan.scenario.digestEveryUs;
		return Math.min(this.shard.world.nextAt(this.clock, false), (Math.floor(this.clock / every) + 1) * every);
	}
};
const NOTHING = [];
const NO_LEADS = {
	leader: -1,
	follower: -1
};
/** Leader of the highest term, smallest id on a tie; follower with the smallest id. */
function mergeLeads(all, shards) {
	let term = -1;
	let leader = -1;
	let follower = -1;
	for (let s = 0; s < shards; s++) {
		if (all(s, 0) > term || all(s, 0) === term && term >= 0 && all(s, 1) < leader) {
			term = all(s, 0);
			leader = all(s, 1);
		}
		if (all(s, 2) >= 0 && (follower < 0 || all(s, 2) < follower)) follower = all(s, 2);
	}
	return {
		leader,
		follower
	};
}
function least(all, shards, lane) {
	let value = all(0, lane);
	for (let s = 1; s < shards; s++) value = Math.min(value, all(s, lane));
	return value;
}
function sum(all, shards, lane) {
	let value = 0;
	for (let s = 0; s < shards; s++) value += all(s, lane);
	return value;
}
// engine/kernel/assert.ts
var AssertionError = class extends Error {
	name = "AssertionError";
};
/** For what can only be our bug: stop the run and name the claim. A protocol's safety check that fails is a finding, not this. */
function assert(ok, claim) {
	if (!ok) throw new AssertionError(claim);
}
/** The compiler proves that this is never reached; at run time it says what reached it. */
function unreachable(value) {
	throw new AssertionError(`unreachable: ${JSON.stringify(value)}`);
}
// engine/kernel/codec.ts
var ByteWriter = class {
	bytes;
	view;
	at = 0;
	constructor(capacity) {
		this.bytes = new Uint8Array(capacity);
		this.view = new DataView(this.bytes.buffer);
	}
	/** Makes room for `count` more bytes by doubling. */
	need(count) {
		if (this.at + count <= this.bytes.length) return;
		const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
		grown.set(this.bytes);
		this.bytes = grown;
		this.view = new DataView(grown.buffer);
	}
};
var ByteReader = class {
	bytes;
	view;
	at = 0;
	constructor(bytes) {
		this.bytes = bytes;
		this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
};
const u8 = {
	write(out, value) {
		out.need(1);
		out.view.setUint8(out.at++, value);
	},
	read: (from) => from.view.getUint8(from.at++)
};
const u32 = {
	write(out, value) {
		out.need(4);
		out.view.setUint32(out.at, value, true);
		out.at += 4;
	},
	read(from) {
		from.at += 4;
		return from.view.getUint32(from.at - 4, true);
	}
};
const i32 = {
	write(out, value) {
		out.need(4);
		out.view.setInt32(out.at, value, true);
		out.at += 4;
	},
	read(from) {
		from.at += 4;
		return from.view.getInt32(from.at - 4, true);
	}
};
const f64 = {
	write(out, value) {
		out.need(8);
		out.view.setFloat64(out.at, value, true);
		out.at += 8;
	},
	read(from) {
		from.at += 8;
		return from.view.getFloat64(from.at - 8, true);
	}
};
const bool = {
	write: (out, value) => u8.write(out, value ? 1 : 0),
	read: (from) => u8.read(from) === 1
};
/** UTF-16 code units, so that every JavaScript string survives, lone surrogates included. */
const str = {
	write(out, value) {
		u32.write(out, value.length);
		out.need(2 * value.length);
		for (let i = 0; i < value.length; i++, out.at += 2) out.view.setUint16(out.at, value.charCodeAt(i), true);
	},
	read(from) {
		const length = u32.read(from);
		let text = "";
		for (let i = 0; i < length; i++, from.at += 2) text += String.fromCharCode(from.view.getUint16(from.at, true));
		return text;
	}
};
function list$1(item) {
	return {
		write(out, value) {
			u32.write(out, value.length);
			for (const x of value) item.write(out, x);
		},
		read(from) {
			const value = new Array(u32.read(from));
			for (let i = 0; i < value.length; i++) value[i] = item.read(from);
			return value;
		}
	};
}
function record(fields) {
	const names = Object.keys(fields);
	const layouts = names.map((name) => fields[name]);
	return {
		write(out, value) {
			for (let i = 0; i < names.length; i++) layouts[i].write(out, value[names[i]]);
		},
		read(from) {
			const value = {};
			for (let i = 0; i < names.length; i++) value[names[i]] = layouts[i].read(from);
			return value;
		}
	};
}
/** A tagged union on field `type`: `union({ vote: record({...}) })`; the tag itself is written by the union. */
function union(cases) {
	const names = Object.keys(cases);
	const code = new Map(names.map((name, i) => [name, i]));
	const layouts = names.map((name) => cases[name]);
	return {
		write(out, value) {
			const tag = code.get(value.type);
			assert(tag !== void 0, `message type ${value.type} has a declared layout`);
			u8.write(out, tag);
			layouts[tag].write(out, value);
		},
		read(from) {
			const tag = u8.read(from);
			return {
				type: names[tag],
				...layouts[tag].read(from)
			};
		}
	};
}
/** Any plain value, self-describing. */
const plain$1 = {
	write(out, value) {
		if (value === null || value === void 0) u8.write(out, 0);
		else if (value === false) u8.write(out, 1);
		else if (value === true) u8.write(out, 2);
		else if (typeof value === "number") {
			u8.write(out, 3);
			f64.write(out, value);
		} else if (typeof value === "string") {
			u8.write(out, 4);
			str.write(out, value);
		} else if (Array.isArray(value)) {
			u8.write(out, 5);
			plainList.write(out, value);
		} else {
			u8.write(out, 6);
			const entries = Object.entries(value);
			u32.write(out, entries.length);
			for (const [key, item] of entries) {
				str.write(out, key);
				plain$1.write(out, item);
			}
		}
	},
	read(from) {
		switch (u8.read(from)) {
			case 0: return null;
			case 1: return false;
			case 2: return true;
			case 3: return f64.read(from);
			case 4: return str.read(from);
			case 5: return plainList.read(from);
			default: {
				const value = {};
				for (let n = u32.read(from); n > 0; n--) value[str.read(from)] = plain$1.read(from);
				return value;
			}
		}
	}
};
const plainList = list$1(plain$1);
// engine/kernel/key.ts
const compareKeys = (a, b) => a.time - b.time || a.dst - b.dst || a.src - b.src || a.seq - b.seq;
// engine/collective/treeSync.ts
const TREE_DEFAULTS = {
	heartbeatUs: 2e5,
	missedMax: 3,
	orderEveryUs: 0
};
const agent$3 = i32;
const messages$1 = union({
	order: record({
		term: u32,
		seq: u32,
		leader: agent$3
	}),
	report: record({
		term: u32,
		seq: u32,
		count: u32,
		sum: f64,
		orders: u32,
		reports: u32
	}),
	beat: record({
		term: u32,
		seq: u32,
		have: u32
	}),
	attach: record({
		term: u32,
		seq: u32
	}),
	led: record({
		leader: agent$3,
		term: u32
	})
});
/** Indices into ROLES of frame/. */
const MEMBER_ROLE = 6;
const LEADER_ROLE = 3;
const treeSync$2 = {
	kind: "tree-sync",
	messages: messages$1,
	messageKinds: [
		"order",
		"report",
		"beat",
		"attach",
		"led"
	],
	kindOf: (msg) => msg.type,
	boot: boot$2,
	step: step$4,
	view: view$3
};
function boot$2(self, _durable, ctx) {
	const { parent, children } = ctx.surroundings;
	return {
		self,
		params: {
			...TREE_DEFAULTS,
			...ctx.params
		},
		parent,
		children: [...children],
		listeners: [],
		term: 0,
		seq: 0,
		leader: -2,
		hasSource: false,
		restarted: ctx.incarnation > 0,
		orderedUs: 0,
		ordersSent: 0,
		reportsSent: 0,
		reports: {},
		reported: null,
		heardUs: 0,
		orphan: false,
		doubts: 0
	};
}
function step$4(tree, input, out) {
	switch (input.type) {
		case "start":
			tree.heardUs = out.localUs;
			if (tree.parent === -2) adopt(tree, 0, 1, tree.self, out);
			else if (tree.restarted) out.send(tree.parent, {
				type: "attach",
				term: 0,
				seq: 0
			});
			return out.setTimer("beat", tree.params.heartbeatUs);
		case "timer":
			if (input.name === "beat") return onBeatTimer(tree, out);
			if (commands(tree)) adopt(tree, tree.term, tree.seq + 1, tree.self, out);
			return;
		case "clientOp":
			if (tree.parent === -2) adopt(tree, tree.term, tree.seq + 1, tree.leader, out);
			return;
		case "discovery": return onDiscovery(tree, input.surroundings, out);
		case "message": return onMessage$1(tree, input.from, input.msg, out);
		case "diskDone": return;
	}
}
/** A root that nobody instructs gives the orders itself. */
const commands = (tree) => tree.parent === -2 && !tree.hasSource && tree.leader === tree.self;
const isLater = (tree, term, seq) => term !== tree.term ? term > tree.term : seq > tree.seq;
const isNow = (tree, term, seq) => term === tree.term && seq === tree.seq;
function onMessage$1(tree, from, msg, out) {
	switch (msg.type) {
		case "led":
			tree.hasSource = true;
			if (isLater(tree, msg.term, 0) && msg.term > tree.term) adopt(tree, msg.term, 0, msg.leader, out);
			return;
		case "order":
			if (from === tree.parent) heard(tree, out);
			if (isLater(tree, msg.term, msg.seq)) adopt(tree, msg.term, msg.seq, msg.leader, out);
			else if (from === tree.parent && isNow(tree, msg.term, msg.seq)) reportUp(tree, out, true);
			return;
		case "report":
			if (!isNow(tree, msg.term, msg.seq) || !tree.children.includes(from)) return;
			tree.reports[from] = {
				count: msg.count,
				sum: msg.sum,
				orders: msg.orders,
				reports: msg.reports
			};
			return reportUp(tree, out, false);
		case "beat": return onBeat(tree, from, msg, out);
		case "attach": return onAttach(tree, from, msg, out);
	}
}
/** A later epoch: pass it down first, then report what needs no waiting for. */
function adopt(tree, term, seq, leader, out) {
	Object.assign(tree, {
		term,
		seq,
		leader,
		orderedUs: out.localUs,
		ordersSent: 0,
		reportsSent: 0
	});
	tree.reports = {};
	tree.reported = null;
	tree.doubts = 0;
	const order = {
		type: "order",
		term,
		seq,
		leader
	};
	for (const child of tree.children) {
		tree.ordersSent++;
		out.send(child, order);
	}
	for (const listener of tree.listeners) out.send(listener, order);
	if (tree.params.orderEveryUs > 0 && commands(tree)) out.setTimer("order", tree.params.orderEveryUs);
	reportUp(tree, out, false);
}
/** Once every child has reported, and again when that changes. At a root: the tree is synchronised. */
function reportUp(tree, out, again) {
	let { ordersSent: orders, reportsSent: reports } = tree;
	let count = 1;
	let sum = tree.self;
	for (const child of tree.children) {
		const report = tree.reports[child];
		if (!report) return;
		count += report.count;
		sum += report.sum;
		orders += report.orders;
		reports += report.reports;
	}
	const known = tree.reported;
	if (!again && known && known.count === count && known.sum === sum) return;
	tree.reported = {
		count,
		sum,
		orders,
		reports
	};
	const { term, seq, leader } = tree;
	if (tree.parent === -2) {
		const tookUs = out.localUs - tree.orderedUs;
		return out.mark({
			kind: "synced",
			term,
			seq,
			leader,
			count,
			sum,
			orders,
			reports,
			tookUs
		});
	}
	tree.reportsSent++;
	out.send(tree.parent, {
		type: "report",
		term,
		seq,
		count,
		sum,
		orders,
		reports: reports + 1
	});
}
function onBeatTimer(tree, out) {
	const { term, seq } = tree;
	for (const child of tree.children) out.send(child, {
		type: "beat",
		term,
		seq,
		have: tree.reports[child]?.count ?? 0
	});
	const silentUs = out.localUs - tree.heardUs;
	if (tree.parent !== -2 && !tree.orphan && silentUs > (tree.params.missedMax + .5) * tree.params.heartbeatUs) {
		tree.orphan = true;
		out.mark({
			kind: "orphaned",
			parent: tree.parent,
			silentUs
		});
	}
	out.setTimer("beat", tree.params.heartbeatUs);
}
function heard(tree, out) {
	tree.heardUs = out.localUs;
	tree.orphan = false;
}
/** Repairs what was lost on the way: a missed order is asked for, a missed report is sent again. */
function onBeat(tree, from, msg, out) {
	if (from !== tree.parent) return;
	heard(tree, out);
	const missedOrder = isLater(tree, msg.term, msg.seq);
	const missedReport = isNow(tree, msg.term, msg.seq) && tree.reported !== null && tree.reported.count !== msg.have;
	if (!missedOrder && !missedReport) tree.doubts = 0;
	else if (++tree.doubts >= 2) {
		tree.doubts = 0;
		if (missedOrder) out.send(from, {
			type: "attach",
			term: tree.term,
			seq: tree.seq
		});
		else reportUp(tree, out, true);
	}
}
function onAttach(tree, from, msg, out) {
	const child = tree.children.includes(from);
	if (!child && from !== tree.parent && !tree.listeners.includes(from)) tree.listeners.push(from);
	const behind = tree.term !== msg.term ? tree.term > msg.term : tree.seq > msg.seq;
	const lostReport = child && isNow(tree, msg.term, msg.seq) && !tree.reports[from];
	if (tree.leader === -2 || !(behind || lostReport)) return;
	if (child) tree.ordersSent++;
	out.send(from, {
		type: "order",
		term: tree.term,
		seq: tree.seq,
		leader: tree.leader
	});
}
/** The routing was repaired: drop the children that went elsewhere, attach to a new parent, or head the tree. */
function onDiscovery(tree, surroundings, out) {
	const { parent, children, neighbours } = surroundings;
	const known = tree.children;
	const moved = parent !== tree.parent;
	tree.parent = parent;
	tree.children = [...children];
	tree.listeners = tree.listeners.filter((id) => !children.includes(id));
	for (const child of known) if (!children.includes(child)) delete tree.reports[child];
	if (tree.leader !== -2) for (const child of children) {
		if (known.includes(child)) continue;
		tree.ordersSent++;
		out.send(child, {
			type: "order",
			term: tree.term,
			seq: tree.seq,
			leader: tree.leader
		});
	}
	if (moved) {
		heard(tree, out);
		tree.reported = null;
		out.mark({
			kind: "attached",
			parent
		});
		const sources = parent === -2 ? neighbours.filter((id) => !children.includes(id)) : [parent];
		for (const source of sources) out.send(source, {
			type: "attach",
			term: tree.term,
			seq: tree.seq
		});
		if (parent === -2 && sources.length === 0) return adopt(tree, tree.term, tree.seq + 1, tree.self, out);
	}
	if (tree.leader !== -2) reportUp(tree, out, false);
}
/** Where raft runs on the same agent, raft says whom it follows. */
function view$3(tree, view) {
	if (tree.hasSource) return;
	if (view.role === 0) view.role = commands(tree) ? LEADER_ROLE : MEMBER_ROLE;
	view.term = tree.term > 0 ? tree.term : tree.seq;
	view.follows = tree.leader === -2 ? -1 : tree.leader;
}
// engine/consensus/chain.ts
const TWO_32$2 = 4294967296;
const LANE_B_MASK = 2097151;
const scratch = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
function mixWord(chain, word) {
	let a = Math.imul(chain % TWO_32$2 ^ word, 2654435761);
	a ^= a >>> 15;
	a = Math.imul(a, 2246822519);
	a ^= a >>> 13;
	let b = Math.imul(Math.floor(chain / TWO_32$2) ^ word ^ a, 3266489917);
	b ^= b >>> 16;
	return (b & LANE_B_MASK) * TWO_32$2 + (a >>> 0);
}
/** All 64 bits of `value` count; −0 differs from 0. */
function mixNumber(chain, value) {
	scratch.setFloat64(0, value, true);
	return mixWord(mixWord(chain, scratch.getInt32(0, true)), scratch.getInt32(4, true));
}
function mixText(chain, text) {
	let mixed = mixWord(chain, text.length);
	for (let i = 0; i < text.length; i++) mixed = mixWord(mixed, text.charCodeAt(i));
	return mixed;
}
// engine/consensus/kv.ts
const emptyKv = () => ({
	values: {},
	digest: 0,
	applied: 0
});
/** Applies one operation; mutates `kv`. Deterministic: the same operations in the same order give the same digest. */
function applyKv(kv, op) {
	const reply = execute(kv, op);
	kv.applied++;
	kv.digest = mixNumber(mixWord(mixOp(kv.digest, op), reply.ok ? 1 : 0), reply.value ?? -1);
	return reply;
}
function execute(kv, op) {
	const held = Object.hasOwn(kv.values, op.key) ? kv.values[op.key] : null;
	if (op.type === "read") return {
		ok: true,
		value: held
	};
	if (op.type === "cas" && held !== op.from) return {
		ok: false,
		value: held
	};
	const value = op.type === "write" ? op.value : op.to;
	kv.values[op.key] = value;
	return {
		ok: true,
		value
	};
}
const CODES = {
	read: 1,
	write: 2,
	cas: 3
};
/** Mixes every field of `op` into `chain`. */
function mixOp(chain, op) {
	const mixed = mixText(mixWord(chain, CODES[op.type]), op.key);
	if (op.type === "write") return mixNumber(mixed, op.value);
	if (op.type === "cas") return mixNumber(mixNumber(mixed, op.from), op.to);
	return mixed;
}
const kvOpCases = {
	read: record({ key: str }),
	write: record({
		key: str,
		value: f64
	}),
	cas: record({
		key: str,
		from: f64,
		to: f64
	})
};
const kvOpLayout = union(kvOpCases);
// engine/consensus/raftMessages.ts
const isClientEntry = (entry) => entry.agent !== -2 && entry.process >= 0;
/** Answers of a server to a client. `redirect`: ask `leader` (NONE: unknown); `busy`: the queue is full, ask later. */
const CLIENT_STATUS = [
	"ok",
	"precondition-failed",
	"redirect",
	"busy"
];
const agent$2 = i32;
const status = {
	write: (out, value) => u32.write(out, CLIENT_STATUS.indexOf(value)),
	read: (from) => CLIENT_STATUS[u32.read(from)]
};
const nullableNumber = {
	write(out, value) {
		bool.write(out, value !== null);
		if (value !== null) f64.write(out, value);
	},
	read: (from) => bool.read(from) ? f64.read(from) : null
};
const entryLayout = record({
	term: u32,
	op: union({
		noop: record({}),
		...kvOpCases
	}),
	agent: agent$2,
	process: f64,
	serial: u32
});
/** One layout for servers and clients, so that either end can decode what the other sent. */
const raftMessages = union({
	requestVote: record({
		term: u32,
		lastIndex: u32,
		lastTerm: u32,
		force: bool
	}),
	vote: record({
		term: u32,
		granted: bool
	}),
	preVote: record({
		term: u32,
		lastIndex: u32,
		lastTerm: u32
	}),
	preVoteReply: record({
		term: u32,
		granted: bool
	}),
	append: record({
		term: u32,
		prevIndex: u32,
		prevTerm: u32,
		commit: u32,
		entries: list$1(entryLayout)
	}),
	appendReply: record({
		term: u32,
		ok: bool,
		match: u32,
		prevIndex: u32,
		conflictTerm: u32,
		conflictIndex: u32
	}),
	clientRequest: record({
		process: f64,
		serial: u32,
		op: kvOpLayout
	}),
	clientReply: record({
		process: f64,
		serial: u32,
		status,
		value: nullableNumber,
		leader: agent$2
	})
});
const RAFT_KINDS = [
	"requestVote",
	"vote",
	"preVote",
	"preVoteReply",
	"append",
	"appendReply",
	"clientRequest",
	"clientReply"
];
// engine/consensus/raftParams.ts
const RAFT_DEFAULTS = {
	electionMinUs: 15e4,
	electionMaxUs: 3e5,
	heartbeatUs: 5e4,
	preVote: false,
	checkQuorum: false,
	batchMax: 64,
	queueMax: 4096,
	machine: "kv",
	announce: false,
	bugs: []
};
const CLIENT_DEFAULTS = {
	opsPerSecond: 0,
	thinkUs: 2e4,
	keys: 4,
	readFraction: .5,
	casFraction: .1,
	timeoutUs: 5e5,
	clientsPerAgent: 1,
	sessions: true
};
// engine/consensus/client.ts
/** At most this many processes share a key, so that any checker can decide the history. */
const PROCESSES_PER_KEY = 10;
const CLIENT_ROLE = 7;
const DRAW = {
	pause: 1,
	choice: 2,
	key: 3
};
const TWO_32$1 = 4294967296;
/** A workload on the replicated machine: finds the leader by redirects, retries, and tells its history in marks. */
const client$1 = {
	kind: "client",
	messages: raftMessages,
	messageKinds: RAFT_KINDS,
	kindOf: (msg) => msg.type,
	boot: boot$1,
	step: step$3,
	view: view$2
};
function boot$1(self, _durable, ctx) {
	const params = {
		...CLIENT_DEFAULTS,
		servers: ctx.members,
		...ctx.params
	};
	const place = ctx.members.indexOf(self);
	const slots = Math.min(PROCESSES_PER_KEY, Math.max(1, params.clientsPerAgent));
	const processes = [];
	for (let slot = 0; slot < slots; slot++) {
		const server = (place + slot) % Math.max(1, params.servers.length);
		processes.push({
			id: processId(self, slot, ctx.incarnation, 0),
			serial: 0,
			op: null,
			startedUs: 0,
			server,
			hops: 0,
			seen: {}
		});
	}
	return {
		self,
		params,
		place,
		incarnation: ctx.incarnation,
		processes,
		started: 0,
		retired: 0,
		answered: 0
	};
}
/** Small at first boot (agent × 10 + slot); later lives and replacements start a new block of ten million. */
const processId = (self, slot, incarnation, retired) => self * PROCESSES_PER_KEY + slot + (incarnation * 65536 + retired) * 1e7;
function step$3(client, input, out) {
	if (input.type === "start") for (let slot = 0; slot < client.processes.length; slot++) pause(client, slot, out);
	else if (input.type === "timer") {
		const [what, slot] = input.name.split(":");
		onTimer(client, what, Number(slot), out);
	} else if (input.type === "message" && input.msg.type === "clientReply") onReply(client, input.msg, out);
}
function onTimer(client, what, slot, out) {
	const process = client.processes[slot];
	if (what === "next") {
		if (client.params.opsPerSecond > 0) pause(client, slot, out);
		if (!process.op) start$1(client, slot, out);
	} else if (process.op && what === "retry") ask(client, slot, out);
	else if (process.op && what === "timeout") onTimeout(client, slot, out);
}
/** Until the next operation: open loop, ±50 % about the period; closed loop, ±50 % about the think time. */
function pause(client, slot, out) {
	const { opsPerSecond, thinkUs } = client.params;
	const meanUs = opsPerSecond > 0 ? 1e6 / opsPerSecond : thinkUs;
	out.setTimer(`next:${slot}`, Math.max(1, Math.round(meanUs * (.5 + out.draw(DRAW.pause) / TWO_32$1))));
}
function start$1(client, slot, out) {
	const process = client.processes[slot];
	client.started++;
	process.serial++;
	process.op = choose(client, slot, out);
	process.startedUs = out.localUs;
	process.hops = 0;
	out.mark(clientMark("invoke", process, valueOf(process.op)));
	ask(client, slot, out);
}
/** Groups of ten processes share `keys` keys and nothing with other groups. */
function choose(client, slot, out) {
	const { params } = client;
	const key = `k${Math.floor((client.place * client.processes.length + slot) / PROCESSES_PER_KEY) * params.keys + out.draw(DRAW.key) % Math.max(1, params.keys)}`;
	const choice = out.draw(DRAW.choice) / TWO_32$1;
	const seen = client.processes[slot].seen[key];
	if (choice < params.readFraction) return {
		type: "read",
		key
	};
	const fresh = (client.incarnation * 1e6 + client.started) * 1e6 + client.self;
	if (choice < params.readFraction + params.casFraction && seen !== void 0) return {
		type: "cas",
		key,
		from: seen,
		to: fresh
	};
	return {
		type: "write",
		key,
		value: fresh
	};
}
function ask(client, slot, out) {
	const { servers, timeoutUs } = client.params;
	const process = client.processes[slot];
	const server = servers[process.server % servers.length];
	if (server === void 0) return;
	const msg = {
		type: "clientRequest",
		process: process.id,
		serial: process.serial,
		op: process.op
	};
	out.sendTo("raft", server, msg);
	out.setTimer(`timeout:${slot}`, timeoutUs);
}
/** With a session the same operation is asked again elsewhere; without one a write may or may not have happened. */
function onTimeout(client, slot, out) {
	const process = client.processes[slot];
	process.server = (process.server + 1) % client.params.servers.length;
	if (client.params.sessions) return ask(client, slot, out);
	const read = process.op.type === "read";
	finish(client, slot, read ? "fail" : "info", valueOf(process.op), out, "timeout");
	if (read) return;
	client.retired++;
	client.processes[slot] = {
		...process,
		id: processId(client.self, slot, client.incarnation, client.retired),
		serial: 0,
		op: null,
		seen: {}
	};
}
function onReply(client, msg, out) {
	const slot = client.processes.findIndex((process) => process.id === msg.process);
	const process = client.processes[slot];
	if (!process?.op || msg.serial !== process.serial) return;
	if (msg.status === "redirect" || msg.status === "busy") return onRefused(client, slot, msg.leader, out);
	if (msg.value !== null) process.seen[process.op.key] = msg.value;
	if (msg.status === "ok") finish(client, slot, "ok", process.op.type === "read" ? msg.value : valueOf(process.op), out);
	else finish(client, slot, "fail", valueOf(process.op), out, msg.status);
}
/** Follows a redirect at once; with no leader known, or going in circles, it waits a quarter of the time-out. */
function onRefused(client, slot, leader, out) {
	const { servers, timeoutUs } = client.params;
	const process = client.processes[slot];
	const named = leader === -2 ? -1 : servers.indexOf(leader);
	process.hops++;
	if (named >= 0 && named !== process.server && process.hops <= servers.length) {
		process.server = named;
		return ask(client, slot, out);
	}
	process.server = named >= 0 ? named : (process.server + 1) % servers.length;
	process.hops = 0;
	out.setTimer(`retry:${slot}`, Math.max(1, Math.floor(timeoutUs / 4)));
}
function finish(client, slot, kind, value, out, error) {
	const process = client.processes[slot];
	const tookUs = out.localUs - process.startedUs;
	out.mark({
		...clientMark(kind, process, value),
		tookUs,
		...error === void 0 ? {} : { error }
	});
	process.op = null;
	client.answered++;
	out.cancelTimer(`timeout:${slot}`);
	out.cancelTimer(`retry:${slot}`);
	if (client.params.opsPerSecond <= 0) pause(client, slot, out);
}
function valueOf(op) {
	if (op.type === "read") return null;
	return op.type === "write" ? op.value : [op.from, op.to];
}
const clientMark = (kind, process, value) => ({
	kind,
	process: process.id,
	f: process.op.type,
	key: process.op.key,
	value
});
function view$2(client, view) {
	if (view.role === 0) view.role = CLIENT_ROLE;
	let waiting = 0;
	for (const process of client.processes) if (process.op) waiting++;
	view.load = waiting / client.processes.length;
}
// engine/consensus/marks.ts
function appendMark(from, log, chain) {
	const terms = [];
	for (let i = from - 1; i < log.length; i++) terms.push(log[i].term);
	return {
		kind: "append",
		from,
		terms,
		digests: chain.slice(from - 1)
	};
}
const truncateMark = (index) => ({
	kind: "truncate",
	index
});
// engine/consensus/raftLog.ts
const lastIndex = (raft) => raft.log.length;
const termAt = (raft, index) => index === 0 ? 0 : raft.log[index - 1]?.term ?? 0;
const lastTerm = (raft) => termAt(raft, raft.log.length);
const chainAt = (raft, index) => index === 0 ? 0 : raft.chain[index - 1];
/** The digest of a log that ends in `entry` after a log with digest `before`. */
function extendChain(before, entry) {
	const head = mixNumber(mixWord(mixWord(before, entry.term), entry.serial), entry.process);
	return entry.op.type === "noop" ? mixWord(head, 0) : mixOp(head, entry.op);
}
/** Appends in memory; the next write brings it to disk. */
function appendEntries(raft, entries, out) {
	if (entries.length === 0) return;
	const from = raft.log.length + 1;
	for (const entry of entries) {
		raft.chain.push(extendChain(chainAt(raft, raft.log.length), entry));
		raft.log.push(entry);
	}
	raft.io.dirtyFrom = Math.min(raft.io.dirtyFrom, from);
	raft.io.logDirty = true;
	out.mark(appendMark(from, raft.log, raft.chain));
}
/** Removes everything after `index`; a write under way no longer counts for what it had of that. */
function truncateTo(raft, index, out) {
	assert(index < raft.log.length, "a truncation removes something");
	raft.log.length = index;
	raft.chain.length = index;
	raft.durableIndex = Math.min(raft.durableIndex, index);
	raft.io.writingTo = Math.min(raft.io.writingTo, index);
	raft.io.dirtyFrom = Math.min(raft.io.dirtyFrom, index + 1);
	raft.io.logDirty = true;
	out.mark(truncateMark(index));
}
/** Raft §5.4.1: the later last term wins; with equal terms the longer log. */
function isUpToDate(raft, index, term) {
	return term !== lastTerm(raft) ? term > lastTerm(raft) : index >= lastIndex(raft);
}
/** Index of the first entry of the term that `index` belongs to. */
function firstOfTerm(raft, index) {
	const term = termAt(raft, index);
	let first = index;
	while (first > 1 && termAt(raft, first - 1) === term) first--;
	return first;
}
/** The last index ≤ `from` whose term is `term`, or 0. */
function lastOfTerm(raft, from, term) {
	let index = Math.min(from, lastIndex(raft));
	while (index > 0 && termAt(raft, index) > term) index--;
	return index > 0 && termAt(raft, index) === term ? index : 0;
}
// engine/consensus/raftTrace.ts
const ROLE_NAMES = {
	follower: "StateFollower",
	precandidate: "StatePreCandidate",
	candidate: "StateCandidate",
	leader: "StateLeader"
};
/** Pre-votes change no state and are not part of the traced protocol, as in etcd. */
const MESSAGE_NAMES = {
	requestVote: ["RequestVoteRequest", "MsgVote"],
	vote: ["RequestVoteResponse", "MsgVoteResp"],
	append: ["AppendEntriesRequest", "MsgApp"],
	appendReply: ["AppendEntriesResponse", "MsgAppResp"]
};
const nodeName = (agent) => agent === -2 ? "0" : String(agent + 1);
function trace(raft, out, name) {
	if (out.trace) out.trace(event(raft, name));
}
function traceMessage(raft, out, way, from, to, msg) {
	if (!out.trace) return;
	const names = MESSAGE_NAMES[msg.type];
	if (!names) return;
	out.trace({
		...event(raft, way + names[0]),
		msg: describe(names[1], from, to, msg)
	});
}
const event = (raft, name) => ({
	name,
	nid: nodeName(raft.self),
	state: {
		term: raft.term,
		vote: nodeName(raft.vote),
		commit: raft.commitIndex
	},
	role: ROLE_NAMES[raft.role],
	log: lastIndex(raft),
	conf: [raft.members.map(nodeName), []]
});
function describe(type, from, to, msg) {
	const base = {
		type,
		term: "term" in msg ? msg.term : 0,
		from: nodeName(from),
		to: nodeName(to),
		entries: 0,
		logTerm: 0,
		index: 0,
		commit: 0,
		vote: "0",
		reject: false,
		rejectHint: 0
	};
	switch (msg.type) {
		case "requestVote": return {
			...base,
			index: msg.lastIndex,
			logTerm: msg.lastTerm
		};
		case "vote": return {
			...base,
			reject: !msg.granted
		};
		case "append": {
			const place = {
				index: msg.prevIndex,
				logTerm: msg.prevTerm,
				commit: msg.commit
			};
			return {
				...base,
				...place,
				entries: msg.entries.length
			};
		}
		case "appendReply": return {
			...base,
			index: msg.ok ? msg.match : msg.prevIndex,
			reject: !msg.ok,
			rejectHint: msg.conflictIndex
		};
		default: return base;
	}
}
// engine/consensus/raftState.ts
const hasBug = (raft, name) => raft.params.bugs.length > 0 && raft.params.bugs.includes(name);
// engine/consensus/raftDisk.ts
/** What a crash keeps, and how one synced record changes it. */
const raftDisk = {
	empty: () => ({
		term: 0,
		vote: -2,
		log: [],
		commit: 0
	}),
	write(disk, record) {
		disk.term = record.term;
		disk.vote = record.vote;
		disk.log.length = Math.min(disk.log.length, record.from - 1);
		for (const entry of record.entries) disk.log.push(entry);
		disk.commit = record.commit;
	}
};
/** Ends every step: hands what changed to the disk, unless a write is under way. */
function flush(raft, out) {
	const { io } = raft;
	if (io.issued !== io.done || !(io.hardDirty || io.logDirty)) return;
	const record = {
		term: raft.term,
		vote: raft.vote,
		from: io.dirtyFrom,
		entries: raft.log.slice(io.dirtyFrom - 1),
		commit: hasBug(raft, "keep-commit-index") ? raft.commitIndex : 0
	};
	io.issued++;
	if (io.hardDirty) io.hardWrite = io.issued;
	io.writingTerm = raft.term;
	io.hardDirty = false;
	io.logDirty = false;
	io.dirtyFrom = lastIndex(raft) + 1;
	io.writingTo = lastIndex(raft);
	out.persist(record, io.issued);
}
/**
* Sends `msg` once the present term and vote, and the log up to `upTo`, are on disk: votes and acknowledgements are
* promises (Raft §5.1, thesis §3.8). Sends at once where they already are.
*/
function sendDurably(raft, to, msg, upTo, out) {
	const { io } = raft;
	const hard = io.hardDirty ? io.issued + 1 : io.hardWrite;
	const log = upTo <= raft.durableIndex ? 0 : upTo >= io.dirtyFrom ? io.issued + 1 : io.issued;
	const after = Math.max(hard, log);
	const early = msg.type === "vote" && to !== raft.self && hasBug(raft, "vote-before-fsync");
	if (after <= io.done || early) release(raft, to, msg, out);
	else io.deferred.push({
		after,
		to,
		msg
	});
}
function release(raft, to, msg, out) {
	if (msg.type === "vote") out.mark({
		kind: "vote",
		term: msg.term,
		for: to
	});
	traceMessage(raft, out, "Send", raft.self, to, msg);
	if (to !== raft.self) out.send(to, msg);
}
/**
* A write is on disk: what waited for it leaves, in order. A message of an earlier term is dropped: whoever it was for
* no longer needs it, and its entries may have been replaced meanwhile.
* Returns true where this server's own vote for itself is among what became durable.
*/
function onWritten(raft, write, out) {
	const { io } = raft;
	assert(write === io.issued && io.done === io.issued - 1, "one write at a time");
	io.done = write;
	if (io.hardWrite === write) out.mark({
		kind: "term",
		term: io.writingTerm
	});
	if (raft.durableIndex !== io.writingTo) {
		raft.durableIndex = io.writingTo;
		out.mark({
			kind: "durable",
			index: raft.durableIndex,
			entryTerm: termAt(raft, raft.durableIndex)
		});
	}
	const ready = io.deferred.filter((item) => item.after <= io.done);
	io.deferred = io.deferred.filter((item) => item.after > io.done);
	let ownVote = false;
	for (const { to, msg } of ready) {
		if (msg.type === "clientRequest" || msg.type === "clientReply" || msg.term !== raft.term) continue;
		release(raft, to, msg, out);
		if (to === raft.self) ownVote = true;
	}
	return ownVote;
}
// engine/consensus/quorum.ts
/** The smallest number of `members` that any two groups of that size share one of: 3 of 5, and 3 of 4 too. */
const quorum = (members) => Math.floor(members / 2) + 1;
/**
* The highest index that a quorum has reached, whatever the order of `reached` (one index a member; not changed).
* With an even membership this is the lower of the two middle values: an entry on exactly half is not on a quorum.
*/
function quorumIndex(reached, needed = quorum(reached.length)) {
	assert(1 <= needed && needed <= reached.length, "a quorum lies within the membership");
	return reached.slice().sort((a, b) => b - a)[needed - 1];
}
// engine/consensus/raftApply.ts
/** Applies everything committed and not yet applied, in log order; the leader answers the clients that wait. */
function applyCommitted(raft, out) {
	while (raft.applied < raft.commitIndex) {
		raft.applied++;
		applyEntry(raft, raft.log[raft.applied - 1], out);
	}
}
function applyEntry(raft, entry, out) {
	if (entry.op.type === "noop") return;
	const reply = applyOnce(raft, entry, out);
	if (raft.role === "leader" && isClientEntry(entry)) answer(out, entry.agent, entry.process, entry.serial, statusOf(reply), reply.value, raft.leader);
}
/** Thesis §6.3: a session remembers its latest operation and the answer, so a retry has no second effect. */
function applyOnce(raft, entry, out) {
	const session = raft.sessions[entry.process];
	if (entry.process >= 0 && !hasBug(raft, "no-session") && session && session.serial >= entry.serial) return session;
	const reply = applyKv(raft.machine, entry.op);
	if (entry.process >= 0) raft.sessions[entry.process] = {
		serial: entry.serial,
		...reply
	};
	const { process, serial } = entry;
	out.mark({
		kind: "applied",
		index: raft.applied,
		process,
		serial,
		digest: raft.machine.digest
	});
	return reply;
}
/** The answer of an operation that this process has already had applied, if it is that one. */
function remembered(raft, process, serial) {
	const session = raft.sessions[process];
	return session && session.serial === serial && !hasBug(raft, "no-session") ? session : null;
}
const statusOf = (reply) => reply.ok ? "ok" : "precondition-failed";
function answer(out, to, process, serial, status, value = null, leader = -2) {
	const msg = {
		type: "clientReply",
		process,
		serial,
		status,
		value,
		leader
	};
	out.sendTo("client", to, msg);
}
// engine/consensus/raftReplication.ts
/** Batches that may be under way to one follower before it must answer. */
const PIPELINE_BATCHES = 8;
/** First acts of a new leader: Raft §5.3 (nextIndex), thesis §6.4 (an entry of its own term, else nothing commits). */
function startLeading(raft, out) {
	raft.leader = raft.self;
	raft.progress = raft.members.map(() => ({
		next: lastIndex(raft) + 1,
		match: 0,
		probing: true,
		contactUs: out.localUs
	}));
	out.mark({
		kind: "leader",
		term: raft.term,
		index: lastIndex(raft),
		entryTerm: lastTerm(raft),
		votes: raft.votes.length,
		members: raft.members.length
	});
	trace(raft, out, "BecomeLeader");
	if (!hasBug(raft, "no-noop")) propose(raft, {
		term: raft.term,
		op: { type: "noop" },
		agent: -2,
		process: -1,
		serial: 0
	}, out);
	beat(raft, out);
}
/** Appends one entry of this leader's term and sends it on; it counts for the leader when it is on its own disk. */
function propose(raft, entry, out) {
	assert(raft.role === "leader" && entry.term === raft.term, "only a leader appends, and in its own term");
	appendEntries(raft, [entry], out);
	trace(raft, out, "Replicate");
	for (let i = 0; i < raft.members.length; i++) {
		const progress = raft.progress[i];
		if (raft.members[i] !== raft.self && !progress.probing) sendPipelined(raft, i, out);
	}
}
/**
* Every heartbeatUs: to everybody, with entries where some are due. False, and nothing is sent, where the leader has not
* heard from a quorum for the longest election timeout and must step down (thesis §6.2).
*/
function beat(raft, out) {
	if (raft.params.checkQuorum && !hearsQuorum(raft, out)) return false;
	for (let i = 0; i < raft.members.length; i++) if (raft.members[i] !== raft.self) sendAppend(raft, i, out);
	out.setTimer("heartbeat", raft.params.heartbeatUs);
	return true;
}
function hearsQuorum(raft, out) {
	let heard = 0;
	for (let i = 0; i < raft.members.length; i++) {
		const recent = out.localUs - raft.progress[i].contactUs <= raft.params.electionMaxUs;
		if (raft.members[i] === raft.self || recent) heard++;
	}
	return heard >= quorum(raft.members.length);
}
/** One append message, empty where the follower has everything. While probing, `next` waits for the answer. */
function sendAppend(raft, position, out) {
	const progress = raft.progress[position];
	const prevIndex = progress.next - 1;
	const upTo = prevIndex - progress.match >= PIPELINE_BATCHES * raft.params.batchMax ? prevIndex : Math.min(lastIndex(raft), prevIndex + raft.params.batchMax);
	const msg = {
		type: "append",
		term: raft.term,
		prevIndex,
		prevTerm: termAt(raft, prevIndex),
		commit: raft.commitIndex,
		entries: raft.log.slice(prevIndex, upTo)
	};
	if (!progress.probing) progress.next = upTo + 1;
	const to = raft.members[position];
	traceMessage(raft, out, "Send", raft.self, to, msg);
	out.send(to, msg);
}
function sendPipelined(raft, position, out) {
	const progress = raft.progress[position];
	while (progress.next <= lastIndex(raft)) {
		const before = progress.next;
		if (before - 1 - progress.match >= PIPELINE_BATCHES * raft.params.batchMax) return;
		sendAppend(raft, position, out);
		assert(progress.next > before, "a pipelined append moves on");
	}
}
/** Raft §5.3, receiver. The sender leads this term and the election timer has been restarted. */
function onAppend(raft, from, msg, out) {
	const { prevIndex, prevTerm, entries } = msg;
	if (prevIndex > lastIndex(raft)) return refuse(raft, from, prevIndex, 0, lastIndex(raft) + 1, out);
	if (termAt(raft, prevIndex) !== prevTerm) return refuse(raft, from, prevIndex, termAt(raft, prevIndex), firstOfTerm(raft, prevIndex), out);
	if (hasBug(raft, "stale-append-truncates") && prevIndex < lastIndex(raft)) truncateTo(raft, prevIndex, out);
	let known = 0;
	while (known < entries.length && termAt(raft, prevIndex + 1 + known) === entries[known].term) known++;
	if (known < entries.length) {
		if (prevIndex + known < lastIndex(raft)) truncateTo(raft, prevIndex + known, out);
		appendEntries(raft, entries.slice(known), out);
	}
	const match = prevIndex + entries.length;
	const commit = Math.min(msg.commit, match);
	if (commit > raft.commitIndex) setCommit(raft, commit, out);
	sendDurably(raft, from, {
		type: "appendReply",
		term: raft.term,
		ok: true,
		match,
		prevIndex,
		...NO_CONFLICT
	}, match, out);
}
const NO_CONFLICT = {
	conflictTerm: 0,
	conflictIndex: 0
};
function refuse(raft, to, prevIndex, term, index, out) {
	const conflict = {
		conflictTerm: term,
		conflictIndex: index
	};
	const msg = {
		type: "appendReply",
		term: raft.term,
		ok: false,
		match: 0,
		prevIndex,
		...conflict
	};
	traceMessage(raft, out, "Send", raft.self, to, msg);
	out.send(to, msg);
}
function onAppendReply(raft, from, msg, out) {
	const position = raft.members.indexOf(from);
	if (raft.role !== "leader" || msg.term !== raft.term || position < 0) return;
	const progress = raft.progress[position];
	progress.contactUs = out.localUs;
	if (!msg.ok) return retreat(raft, position, msg, out);
	progress.match = hasBug(raft, "match-regresses") ? msg.match : Math.max(progress.match, msg.match);
	progress.next = Math.max(progress.next, progress.match + 1);
	progress.probing = false;
	advanceCommit(raft, out);
	sendPipelined(raft, position, out);
}
/** The follower's log differs: go back by whole terms (Raft §5.3, end) and probe with one message. */
function retreat(raft, position, msg, out) {
	const progress = raft.progress[position];
	if (progress.probing ? msg.prevIndex !== progress.next - 1 : msg.prevIndex <= progress.match) return;
	const shared = msg.conflictTerm > 0 ? lastOfTerm(raft, msg.prevIndex - 1, msg.conflictTerm) : 0;
	const hint = shared > 0 ? shared + 1 : msg.conflictIndex;
	progress.next = Math.max(progress.match + 1, Math.min(hint, msg.prevIndex));
	progress.probing = true;
	if (progress.next <= msg.prevIndex) sendAppend(raft, position, out);
}
/**
* Raft §5.3–5.4.2: the highest index on a quorum commits, if its entry is of this term. `match` never falls within a
* term and entries of this term lie above everything older, so the commit index cannot fall either.
*/
function advanceCommit(raft, out) {
	const own = raft.members.indexOf(raft.self);
	const reached = raft.progress.map((progress, i) => i === own ? raft.durableIndex : progress.match);
	const half = Math.max(1, Math.floor((reached.length + 1) / 2));
	const index = quorumIndex(reached, hasBug(raft, "even-quorum") ? half : quorum(reached.length));
	if (index === raft.commitIndex || index === 0) return;
	if (hasBug(raft, "commit-old-term") ? index > raft.commitIndex : termAt(raft, index) === raft.term) setCommit(raft, index, out);
}
function setCommit(raft, index, out) {
	raft.commitIndex = index;
	const place = {
		index,
		entryTerm: termAt(raft, index),
		digest: chainAt(raft, index)
	};
	out.mark({
		kind: "commit",
		...place,
		term: raft.term,
		leads: raft.role === "leader"
	});
	if (raft.role === "leader") trace(raft, out, "Commit");
	applyCommitted(raft, out);
}
// engine/consensus/raftElection.ts
const DRAW_ELECTION = 1;
const TWO_32 = 4294967296;
/** A new random wait without a leader, in [electionMinUs, electionMaxUs] (Raft §5.2). */
function restartElectionTimer(raft, out) {
	const { electionMinUs, electionMaxUs } = raft.params;
	const width = electionMaxUs - electionMinUs + 1;
	const waitUs = electionMinUs + Math.floor(out.draw(DRAW_ELECTION) / TWO_32 * width);
	raft.electionDueUs = out.localUs + waitUs;
	if (!(raft.electionTimerUs > out.localUs && raft.electionTimerUs <= raft.electionDueUs)) setElectionTimer(raft, waitUs, out);
}
function setElectionTimer(raft, afterUs, out) {
	raft.electionTimerUs = out.localUs + Math.max(1, afterUs);
	out.setTimer("election", Math.max(1, afterUs));
}
function onElectionTimer(raft, out) {
	if (raft.role === "leader") return;
	const leftUs = raft.electionDueUs - out.localUs;
	if (leftUs > 0) setElectionTimer(raft, leftUs, out);
	else if (raft.params.preVote) preCampaign(raft, out);
	else campaign(raft, false, out);
}
/** The only place where the term and the role go back to follower. `leader` is NONE while nobody is known to lead. */
function becomeFollower(raft, term, leader, out) {
	assert(term >= raft.term, "terms only grow");
	const ledBefore = raft.role === "leader";
	const before = raft.role;
	const newTerm = term > raft.term;
	if (newTerm) {
		raft.term = term;
		raft.vote = -2;
		raft.io.hardDirty = true;
	}
	raft.leader = leader;
	if (before === "follower" && !newTerm) return;
	setRole(raft, "follower", out);
	trace(raft, out, "BecomeFollower");
	if (ledBefore) {
		out.cancelTimer("heartbeat");
		raft.progress = [];
		restartElectionTimer(raft, out);
	}
}
/** Asks whether it could win before disturbing anybody with a higher term (thesis §9.6). Nothing durable changes. */
function preCampaign(raft, out) {
	setRole(raft, "precandidate", out);
	raft.leader = -2;
	raft.votes = [raft.self];
	restartElectionTimer(raft, out);
	if (raft.votes.length >= quorum(raft.members.length)) return campaign(raft, false, out);
	const msg = {
		type: "preVote",
		term: raft.term + 1,
		lastIndex: lastIndex(raft),
		lastTerm: lastTerm(raft)
	};
	for (const peer of raft.members) if (peer !== raft.self) out.send(peer, msg);
}
/** Raft §5.2. The requests and the candidate's vote for itself leave when the new term is on disk. */
function campaign(raft, force, out) {
	assert(raft.role !== "leader", "a leader does not campaign");
	raft.term++;
	raft.vote = raft.self;
	raft.io.hardDirty = true;
	raft.leader = -2;
	setRole(raft, "candidate", out);
	trace(raft, out, "BecomeCandidate");
	restartElectionTimer(raft, out);
	const place = {
		lastIndex: lastIndex(raft),
		lastTerm: lastTerm(raft)
	};
	const msg = {
		type: "requestVote",
		term: raft.term,
		...place,
		force
	};
	sendDurably(raft, raft.self, {
		type: "vote",
		term: raft.term,
		granted: true
	}, 0, out);
	for (const peer of raft.members) if (peer !== raft.self) sendDurably(raft, peer, msg, 0, out);
}
/** True while a live leader protects the server from candidates: thesis §4.2.3 (votes), §9.6 (pre-votes). */
function hasLease(raft, out) {
	if (raft.role === "leader") return true;
	return raft.leader !== -2 && out.localUs - raft.heardUs < raft.params.electionMinUs;
}
function onPreVote(raft, from, msg, out) {
	const granted = msg.term > raft.term && !hasLease(raft, out) && isUpToDate(raft, msg.lastIndex, msg.lastTerm);
	out.send(from, {
		type: "preVoteReply",
		term: granted ? msg.term : raft.term,
		granted
	});
}
function onPreVoteReply(raft, from, msg, out) {
	if (raft.role !== "precandidate" || !msg.granted || msg.term !== raft.term + 1) return;
	countVote(raft, from);
	if (raft.votes.length >= quorum(raft.members.length)) campaign(raft, false, out);
}
/** The term has already been adopted where it is newer. At most one vote a term, and only for an up-to-date log. */
function onRequestVote(raft, from, msg, out) {
	const free = raft.vote === -2 || raft.vote === from;
	if (!(msg.term === raft.term && free && isUpToDate(raft, msg.lastIndex, msg.lastTerm))) return out.send(from, {
		type: "vote",
		term: raft.term,
		granted: false
	});
	if (raft.vote !== from) {
		raft.vote = from;
		raft.io.hardDirty = true;
	}
	restartElectionTimer(raft, out);
	sendDurably(raft, from, {
		type: "vote",
		term: raft.term,
		granted: true
	}, 0, out);
}
function onVote(raft, from, msg, out) {
	if (raft.role !== "candidate" || !msg.granted || msg.term !== raft.term) return;
	countVote(raft, from);
	if (raft.votes.length >= quorum(raft.members.length)) {
		setRole(raft, "leader", out);
		startLeading(raft, out);
	}
}
function countVote(raft, from) {
	if (!raft.votes.includes(from) || hasBug(raft, "duplicate-vote")) raft.votes.push(from);
}
function setRole(raft, role, out) {
	raft.role = role;
	if (role !== "leader") raft.votes = [];
	out.mark({
		kind: "role",
		role,
		term: raft.term
	});
}
// engine/consensus/raftRequests.ts
/** Process number of a proposal that nobody waits for. */
const NO_PROCESS = -1;
/** Reads go through the log too (thesis §6.4), so every answer is linearizable whatever the clocks do. */
function onClientRequest(raft, from, msg, out) {
	const { process, serial, op } = msg;
	const waits = process !== NO_PROCESS;
	if (raft.role !== "leader") {
		if (waits) answer(out, from, process, serial, "redirect", null, raft.leader);
		else out.mark({
			kind: "refused",
			reason: "the leader changed before the proposal arrived"
		});
		return;
	}
	const done = waits ? remembered(raft, process, serial) : null;
	if (done) return answer(out, from, process, serial, statusOf(done), done.value, raft.self);
	if (lastIndex(raft) - raft.commitIndex >= raft.params.queueMax) {
		if (waits) answer(out, from, process, serial, "busy", null, raft.self);
		else out.mark({
			kind: "refused",
			reason: "the queue is full"
		});
		return;
	}
	propose(raft, {
		term: raft.term,
		op,
		agent: waits ? from : -2,
		process,
		serial
	}, out);
}
/** From outside: `{ op: 'campaign' }`, or `{ op: 'propose', value }` with a number, `{ key, value }` or a whole KvOp. */
function onClientOp(raft, op, out) {
	const { op: verb, value } = op ?? {};
	if (verb === "campaign") {
		if (raft.role !== "leader") campaign(raft, true, out);
		return;
	}
	const kvOp = verb === "propose" ? asKvOp(value) : null;
	if (!kvOp) return out.mark({
		kind: "refused",
		reason: "not an operation of this machine"
	});
	const request = {
		type: "clientRequest",
		process: NO_PROCESS,
		serial: 0,
		op: kvOp
	};
	if (raft.role === "leader") onClientRequest(raft, raft.self, request, out);
	else if (raft.leader !== -2) out.send(raft.leader, request);
	else out.mark({
		kind: "refused",
		reason: "no leader is known"
	});
}
/** Whatever is proposed from outside, as an operation on the machine; null where it is none. */
function asKvOp(value) {
	if (typeof value === "number") return {
		type: "write",
		key: "proposal",
		value
	};
	if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
	const { type = "write", key = "proposal", ...rest } = value;
	if (typeof key !== "string" || key === "__proto__") return null;
	if (type === "read") return {
		type,
		key
	};
	if (type === "write" && typeof rest.value === "number") return {
		type,
		key,
		value: rest.value
	};
	if (type === "cas" && typeof rest.from === "number" && typeof rest.to === "number") return {
		type,
		key,
		from: rest.from,
		to: rest.to
	};
	return null;
}
// engine/consensus/raft.ts
/**
* Raft after Ongaro's thesis, without membership changes and compaction: a step over plain state. Votes and
* acknowledgements leave when they are on disk; the leader counts its own copy only then. Never throws but on our bugs.
*/
const raft$1 = {
	kind: "raft",
	messages: raftMessages,
	messageKinds: RAFT_KINDS,
	kindOf: (msg) => msg.type,
	disk: raftDisk,
	boot,
	step: step$2,
	clone,
	view: view$1
};
function boot(self, durable, ctx) {
	const params = {
		...RAFT_DEFAULTS,
		...ctx.params
	};
	const log = durable.log.slice();
	const chain = [];
	for (const entry of log) chain.push(extendChain(chain.at(-1) ?? 0, entry));
	const commitIndex = params.bugs.includes("keep-commit-index") ? durable.commit : 0;
	return {
		self,
		members: ctx.members,
		params,
		incarnation: ctx.incarnation,
		term: durable.term,
		vote: durable.vote,
		role: "follower",
		leader: -2,
		log,
		chain,
		commitIndex,
		applied: commitIndex,
		durableIndex: log.length,
		machine: emptyKv(),
		sessions: {},
		votes: [],
		progress: [],
		heardUs: 0,
		electionDueUs: 0,
		electionTimerUs: 0,
		io: {
			issued: 0,
			done: 0,
			hardDirty: false,
			hardWrite: 0,
			writingTerm: durable.term,
			logDirty: false,
			dirtyFrom: log.length + 1,
			writingTo: log.length,
			deferred: []
		}
	};
}
/** One input in; the state moves on; what changed goes to disk at the end. */
function step$2(raft, input, out) {
	const ledBy = raft.leader;
	const termBefore = raft.term;
	switch (input.type) {
		case "start":
			start(raft, out);
			break;
		case "message":
			onMessage(raft, input.from, input.msg, out);
			break;
		case "timer":
			if (input.name === "election") onElectionTimer(raft, out);
			else if (raft.role === "leader") onHeartbeatTimer(raft, out);
			break;
		case "diskDone":
			onDiskDone(raft, input.then, out);
			break;
		case "clientOp": onClientOp(raft, input.op, out);
	}
	flush(raft, out);
	if ((raft.leader !== ledBy || raft.term !== termBefore) && raft.leader !== -2 && raft.params.announce) out.sendTo("tree-sync", raft.self, {
		type: "led",
		leader: raft.leader,
		term: raft.term
	});
}
function start(raft, out) {
	const index = lastIndex(raft);
	const log = {
		index,
		entryTerm: lastTerm(raft),
		digest: chainAt(raft, index)
	};
	out.mark({
		kind: "boot",
		term: raft.term,
		vote: raft.vote,
		...log
	});
	trace(raft, out, "InitState");
	restartElectionTimer(raft, out);
}
function onHeartbeatTimer(raft, out) {
	if (!beat(raft, out)) becomeFollower(raft, raft.term, -2, out);
}
function onDiskDone(raft, write, out) {
	const ownVote = onWritten(raft, write, out);
	trace(raft, out, "Ready");
	if (ownVote) {
		const msg = {
			type: "vote",
			term: raft.term,
			granted: true
		};
		traceMessage(raft, out, "Receive", raft.self, raft.self, msg);
		onVote(raft, raft.self, msg, out);
	}
	if (raft.role === "leader") advanceCommit(raft, out);
}
function onMessage(raft, from, msg, out) {
	traceMessage(raft, out, "Receive", from, raft.self, msg);
	if (msg.type === "requestVote" && raft.params.checkQuorum && !msg.force && hasLease(raft, out)) return;
	adoptTerm(raft, from, msg, out);
	switch (msg.type) {
		case "requestVote": return onRequestVote(raft, from, msg, out);
		case "vote": return onVote(raft, from, msg, out);
		case "preVote": return onPreVote(raft, from, msg, out);
		case "preVoteReply": return onPreVoteReply(raft, from, msg, out);
		case "append":
			if (msg.term < raft.term) return refuse(raft, from, msg.prevIndex, 0, lastIndex(raft) + 1, out);
			becomeFollower(raft, msg.term, from, out);
			raft.heardUs = out.localUs;
			restartElectionTimer(raft, out);
			return onAppend(raft, from, msg, out);
		case "appendReply": return onAppendReply(raft, from, msg, out);
		case "clientRequest": return onClientRequest(raft, from, msg, out);
		case "clientReply": return;
	}
}
/** Raft §5.1: whoever sees a higher term follows it. A pre-vote's term is only a question, and so is its granting. */
function adoptTerm(raft, from, msg, out) {
	if (!("term" in msg) || msg.term <= raft.term) return;
	if (msg.type === "preVote" || msg.type === "preVoteReply" && msg.granted) return;
	becomeFollower(raft, msg.term, msg.type === "append" ? from : -2, out);
}
/** Entries, sessions and progress reports: what never changes is shared, the rest is copied. */
function clone(raft) {
	return {
		...raft,
		log: raft.log.slice(),
		chain: raft.chain.slice(),
		machine: clonePlain(raft.machine),
		sessions: { ...raft.sessions },
		votes: raft.votes.slice(),
		progress: raft.progress.map((row) => ({ ...row })),
		io: {
			...raft.io,
			deferred: raft.io.deferred.slice()
		}
	};
}
const VIEW_ROLE = {
	follower: 1,
	precandidate: 2,
	candidate: 2,
	leader: 3
};
function view$1(raft, view) {
	view.role = VIEW_ROLE[raft.role];
	view.term = raft.term;
	view.lastIndex = raft.log.length;
	view.commitIndex = raft.commitIndex;
	view.durableIndex = raft.durableIndex;
	view.follows = raft.leader === -2 ? -1 : raft.leader;
	view.votes = raft.role === "follower" ? 0 : raft.votes.length;
}
// engine/consensus/ringElection.ts
const agent$1 = i32;
const messages = union({
	election: record({
		uid: u32,
		owner: agent$1,
		hops: u32,
		round: u32
	}),
	announce: record({
		leader: agent$1,
		round: u32
	})
});
const DRAW_UID = 1;
const ROLE = {
	candidate: 2,
	leader: 3,
	member: 6
};
const ringElection = {
	kind: "ring-election",
	messages,
	messageKinds: ["election", "announce"],
	kindOf: (msg) => msg.type,
	boot(self, _durable, ctx) {
		return {
			self,
			uid: 0,
			successor: successorOf(self, ctx.surroundings),
			leader: -2,
			round: 0,
			sent: 0
		};
	},
	step: step$1,
	view
};
/** The next higher id among the neighbours; past the highest, the smallest. */
function successorOf(self, { neighbours }) {
	return neighbours.find((id) => id > self) ?? neighbours.find((id) => id !== self) ?? -2;
}
function step$1(ring, input, out) {
	if (input.type === "start") {
		ring.uid = out.draw(DRAW_UID);
		stand(ring, out);
	} else if (input.type === "discovery") {
		const successor = successorOf(ring.self, input.surroundings);
		if (successor === ring.successor) return;
		ring.successor = successor;
		enter(ring, ring.round + 1, out);
	} else if (input.type === "message") {
		const { msg } = input;
		if (msg.round < ring.round) return;
		if (msg.round > ring.round) enter(ring, msg.round, out);
		if (msg.type === "election") onElection(ring, msg, out);
		else onAnnounce(ring, msg.leader, out);
	}
}
function enter(ring, round, out) {
	ring.round = round;
	ring.leader = -2;
	stand(ring, out);
}
function stand(ring, out) {
	if (ring.successor === -2) return elected(ring, 0, out);
	pass(ring, {
		type: "election",
		uid: ring.uid,
		owner: ring.self,
		hops: 1,
		round: ring.round
	}, out);
}
function pass(ring, msg, out) {
	if (msg.type === "election") ring.sent++;
	if (ring.successor !== -2) out.send(ring.successor, msg);
}
function onElection(ring, msg, out) {
	if (msg.owner === ring.self) return elected(ring, msg.hops, out);
	if (msg.uid !== ring.uid ? msg.uid > ring.uid : msg.owner > ring.self) pass(ring, {
		...msg,
		hops: msg.hops + 1
	}, out);
	else out.mark({
		kind: "swallowed",
		owner: msg.owner,
		hops: msg.hops,
		round: msg.round
	});
}
function elected(ring, hops, out) {
	out.mark({
		kind: "elected",
		owner: ring.self,
		hops,
		round: ring.round
	});
	ring.leader = ring.self;
	pass(ring, {
		type: "announce",
		leader: ring.self,
		round: ring.round
	}, out);
}
/** Once round: it ends with the one who sent it. */
function onAnnounce(ring, leader, out) {
	out.mark({
		kind: "informed",
		leader,
		round: ring.round
	});
	if (leader === ring.self) return;
	ring.leader = leader;
	pass(ring, {
		type: "announce",
		leader,
		round: ring.round
	}, out);
}
function view(ring, view) {
	view.role = ring.leader === -2 ? ROLE.candidate : ring.leader === ring.self ? ROLE.leader : ROLE.member;
	view.term = ring.round;
	view.follows = ring.leader === -2 ? -1 : ring.leader;
}
// engine/net/bus.ts
/**
* The message bus's end in an agent: sends what it is asked to, and tells what it hears. Messages take the topology's
* links like any other, are delayed, lost and copied like any other.
*/
const bus = {
	kind: "bus",
	messages: union({
		direct: record({ body: plain$1 }),
		broadcast: record({ body: plain$1 })
	}),
	messageKinds: ["direct", "broadcast"],
	kindOf: (msg) => msg.type,
	boot: () => ({
		sent: 0,
		heard: 0
	}),
	step
};
function step(state, input, out) {
	if (input.type === "message") {
		state.heard++;
		out.mark({
			kind: "heard",
			from: input.from,
			channel: input.msg.type,
			body: input.msg.body
		});
	} else if (input.type === "clientOp") {
		const op = input.op;
		state.sent++;
		if (op.op === "direct") out.send(op.to, {
			type: "direct",
			body: op.body
		});
		else out.broadcast({
			type: "broadcast",
			body: op.body
		});
	}
}
// engine/programs.ts
/** Every program an agent can run, by kind. A scenario names them; nothing else is ever loaded. */
const PROGRAMS = [
	raft$1,
	client$1,
	ringElection,
	treeSync$2,
	bus
];
// engine/frame/frame.ts
/**
* What a viewer may see, as flat columns in (shared) memory, declared once; writer and reader both call `frameViews`.
* Agents are written by the shard that owns them; flights are segmented by shard.
*/
const ROLES = [
	"idle",
	"follower",
	"candidate",
	"leader",
	"learner",
	"byzantine",
	"member",
	"client"
];
// engine/kernel/math/bits.ts
/** Exponents and powers of two, and error-free sums and products. No result depends on the machine's byte order. */
const double = /* @__PURE__ */ new Float64Array(1);
const words = new Uint32Array(double.buffer);
double[0] = 1;
const HIGH = words[1] === 1072693248 ? 1 : 0;
const TWO_54 = 0x40000000000000;
/** 2ⁿ at n + 1022, for the normal doubles; halving and doubling are exact. */
const POWERS = /* @__PURE__ */ new Float64Array(2046);
POWERS[1022] = 1;
for (let n = 1; n <= 1023; n++) POWERS[1022 + n] = POWERS[1021 + n] * 2;
for (let n = 1; n <= 1022; n++) POWERS[1022 - n] = POWERS[1023 - n] / 2;
const powerOf2 = (n) => POWERS[n + 1022];
/** x·2ⁿ, rounded once; overflows to ±Infinity and underflows through the subnormals. −2000 ≤ n ≤ 2046. */
function scale(x, n) {
	if (n > 1023) return x * powerOf2(n - 1023) * powerOf2(1023);
	return n >= -1022 ? x * powerOf2(n) : x * powerOf2(n + 1e3) * powerOf2(-1e3);
}
/** e with |x| = m·2ᵉ and 1 ≤ m < 2; x finite and not 0. */
function exponentOf(x) {
	double[0] = x;
	const field = words[HIGH] >>> 20 & 2047;
	if (field !== 0) return field - 1023;
	double[0] = x * TWO_54;
	return (words[HIGH] >>> 20 & 2047) - 1077;
}
/** m with |x| = m·2ᵉ and 1 ≤ m < 2, for e = exponentOf(x). */
const mantissaOf = (x, e) => scale(Math.abs(x), -e);
// engine/kernel/math/exp.ts
/** ln 2 = LN2_HIGH + LN2_LOW; the first has 42 bits, so that k·LN2_HIGH is exact for every exponent k. */
const LN2_HIGH = .6931471805598903;
const LN2_LOW = 5497923018708371e-29;
/** 2·artanh(s)/s − 2 as a series in z = s², |s| ≤ 0.1716. */
function artanhTail(z) {
	let p = 2 / 25;
	p = p * z + 2 / 23;
	p = p * z + 2 / 21;
	p = p * z + 2 / 19;
	p = p * z + 2 / 17;
	p = p * z + 2 / 15;
	p = p * z + 2 / 13;
	p = p * z + 2 / 11;
	p = p * z + 2 / 9;
	p = p * z + 2 / 7;
	p = p * z + 2 / 5;
	return z * (p * z + 2 / 3);
}
/** ln(m·2ᵏ) + correction with ln m = 2 artanh((m−1)/(m+1)), summed so that f = m − 1, which is exact, leads (Tang 1990). */
function logOf(x, correction) {
	let k = exponentOf(x);
	let m = mantissaOf(x, k);
	if (m > 1.4142135623730951) {
		m *= .5;
		k++;
	}
	const f = m - 1;
	const s = f / (2 + f);
	const halfSquare = .5 * f * f;
	const rest = s * (halfSquare + artanhTail(s * s)) + (k * LN2_LOW + correction);
	return k * LN2_HIGH - (halfSquare - rest - f);
}
function log(x) {
	if (!(x > 0)) return x === 0 ? -Infinity : NaN;
	return x === Infinity ? x : logOf(x, 0);
}
// engine/kernel/math.ts
const LN2 = .6931471805599453;
// engine/net/regions.ts
/**
* Measured latency between cloud regions: average round trips in milliseconds, 27 July to 25 August 2024, row = from,
* column = to. Source: IBM Cloud VPC documentation, "Network latency". Within a region see ZONE_RTT_MS.
*/
const REGIONS = [
	"Dallas",
	"Toronto",
	"Washington DC",
	"Frankfurt",
	"London",
	"Madrid",
	"Osaka",
	"Sydney",
	"Tokyo",
	"Sao Paulo"
];
const RTT_MS = [
	[
		0,
		34,
		31,
		123,
		113,
		119,
		150,
		186,
		143,
		146
	],
	[
		34,
		0,
		19,
		93,
		82,
		108,
		168,
		215,
		162,
		129
	],
	[
		31,
		19,
		0,
		91,
		75,
		87,
		172,
		214,
		164,
		118
	],
	[
		123,
		93,
		91,
		0,
		13,
		29,
		232,
		250,
		233,
		198
	],
	[
		113,
		83,
		75,
		13,
		0,
		27,
		244,
		261,
		243,
		188
	],
	[
		122,
		106,
		88,
		29,
		27,
		0,
		257,
		275,
		258,
		209
	],
	[
		150,
		169,
		172,
		231,
		243,
		257,
		0,
		122,
		9,
		293
	],
	[
		186,
		214,
		214,
		249,
		261,
		275,
		122,
		0,
		115,
		328
	],
	[
		143,
		162,
		166,
		233,
		244,
		256,
		9,
		115,
		0,
		284
	],
	[
		144,
		128,
		119,
		196,
		187,
		208,
		291,
		328,
		283,
		0
	]
];
/** Index into REGIONS; −1 for a name that is not there. */
const regionIndex = (name) => REGIONS.indexOf(name);
/** Half the round trip between two regions, whole µs; 0 from a region to itself, which the matrix does not give. */
function oneWayUs(from, to) {
	const rttMs = RTT_MS[from]?.[to];
	assert(rttMs !== void 0, "a region is one of REGIONS");
	return rttMs * 500;
}
// engine/net/latency.ts
/** Exp(1) of the smallest word: 32·ln 2. No exponential tail is longer than this many means. */
const TAIL_MAX = 32 * LN2;
/** Exp(1) by inversion, 0 … TAIL_MAX. */
const exponential = (word) => -log((word + 1) / 4294967296);
/** Nothing is instantaneous, and delays are whole µs. */
const whole$1 = (us) => Math.max(1, Math.round(us));
function tailed(floorUs, meanUs) {
	const floor = whole$1(floorUs);
	return {
		floorUs: floor,
		maxUs: floor + Math.round(meanUs * TAIL_MAX),
		meanUs: floor + meanUs,
		sample: (word) => floor + Math.round(meanUs * exponential(word))
	};
}
function compileLocal(law) {
	switch (law.kind) {
		case "constant": return {
			floorUs: whole$1(law.us),
			maxUs: whole$1(law.us),
			meanUs: law.us,
			sample: () => whole$1(law.us)
		};
		case "uniform": {
			const min = whole$1(law.minUs);
			const max = whole$1(law.maxUs);
			assert(min <= max, "a uniform latency has minUs ≤ maxUs");
			const span = max - min + 1;
			return {
				floorUs: min,
				maxUs: max,
				meanUs: (min + max) / 2,
				sample: (word) => min + Math.floor(word * span / 4294967296)
			};
		}
		case "exponential": return tailed(law.floorUs, law.meanUs);
		default: return unreachable(law);
	}
}
/**
* @param groupOf group of an agent; a group g lies in region regions[g % regions.length]. Only the regions law asks.
* Constant; uniform on whole µs, both ends included; exponential: floor + Exp(mean); regions: half the measured round
* trip × (1 + Exp(jitter)) between two regions, the local law inside one (also where a region is named twice).
*/
function compileLatency(law, groupOf) {
	if (law.kind !== "regions") {
		const local = compileLocal(law);
		return {
			floorUs: () => local.floorUs,
			minFloorUs: () => local.floorUs,
			maxUs: () => local.maxUs,
			meanUs: () => local.meanUs,
			sample: (_src, _dst, word) => local.sample(word),
			floorBetweenGroupsUs: () => local.floorUs
		};
	}
	const laws = compileRegions(law);
	const least = laws.reduce((min, { floorUs }) => Math.min(min, floorUs), Infinity);
	const n = law.regions.length;
	const between = (a, b) => laws[a % n * n + b % n];
	const of = (src, dst) => between(groupOf(src), groupOf(dst));
	return {
		floorUs: (src, dst) => of(src, dst).floorUs,
		minFloorUs: () => least,
		maxUs: (src, dst) => of(src, dst).maxUs,
		meanUs: (src, dst) => of(src, dst).meanUs,
		sample: (src, dst, word) => of(src, dst).sample(word),
		floorBetweenGroupsUs: (a, b) => Math.min(between(a, b).floorUs, between(b, a).floorUs)
	};
}
/** One law for each ordered pair of the scenario's regions, row = from. */
function compileRegions({ regions, jitter, local }) {
	assert(regions.length > 0, "the regions law names a region");
	const index = regions.map(regionIndex);
	assert(!index.includes(-1), "every region of the law is one of REGIONS");
	const inside = compileLocal(local);
	return index.flatMap((from) => index.map((to) => from === to ? inside : tailed(oneWayUs(from, to), oneWayUs(from, to) * jitter)));
}
// engine/shardLayout.ts
/**
* Which shard owns which agent: contiguous ranges of the initial ids, on group boundaries where there are groups enough
* (the links inside a group are the short ones, and the lookahead is the shortest link between shards); ids given out
* later go round. Nothing that a program, a check or a digest sees depends on it.
*/
function layOutShards(agents, groups, shards) {
	if (shards === 1) return () => 0;
	const unit = groups >= shards ? Math.ceil(agents / groups) : 1;
	const units = Math.ceil(agents / unit);
	const starts = new Float64Array(shards);
	for (let s = 0; s < shards; s++) starts[s] = Math.round(units * s / shards) * unit;
	return (id) => {
		if (id >= agents) return id % shards;
		let s = shards - 1;
		while (id < starts[s]) s--;
		return s;
	};
}
// engine/topology/forest.ts
/**
* Each tree's agents, ascending, take the places 0, 1, 2 … of a complete b-ary heap: the parent of place i is
* ⌊(i−1)/b⌋. The children of an absent agent attach to its nearest present ancestor; for an absent root its smallest
* present agent stands in. So a parent's id is always smaller than its child's, and one ascending pass suffices.
* @param present 1 = takes part; its length is the capacity
* @param treeOf  tree of each agent, 0…trees−1
*/
function buildForest(present, treeOf, trees, branching) {
	const capacity = present.length;
	const column = () => new Int32Array(capacity).fill(-2);
	const root = column();
	const parent = column();
	const level = new Int32Array(capacity);
	const rootOfTree = new Int32Array(trees).fill(-2);
	const memberAt = membersByTree(treeOf, trees);
	/** The agent itself if present, else its nearest present ancestor, else NONE. */
	const standIn = column();
	for (let id = 0; id < capacity; id++) {
		const tree = treeOf[id];
		const place = memberAt.place[id];
		const above = place === 0 ? -2 : standIn[memberAt.ids[memberAt.start[tree] + Math.floor((place - 1) / branching)]];
		standIn[id] = present[id] === 1 ? id : above;
		if (present[id] !== 1) continue;
		if (rootOfTree[tree] === -2) rootOfTree[tree] = id;
		else {
			parent[id] = above === -2 ? rootOfTree[tree] : above;
			level[id] = level[parent[id]] + 1;
		}
		root[id] = rootOfTree[tree];
	}
	return {
		root,
		parent,
		level,
		roots: rootOfTree.filter((id) => id !== -2),
		...numberSubtrees(root, parent)
	};
}
/** Places in heap order, and who has each: the k-th agent of tree t is ids[start[t] + k]. */
function membersByTree(treeOf, trees) {
	const start = new Int32Array(trees + 1);
	const place = new Int32Array(treeOf.length);
	for (let id = 0; id < treeOf.length; id++) place[id] = start[treeOf[id] + 1]++;
	for (let tree = 0; tree < trees; tree++) start[tree + 1] += start[tree];
	const ids = new Int32Array(treeOf.length);
	for (let id = 0; id < treeOf.length; id++) ids[start[treeOf[id]] + place[id]] = id;
	return {
		place,
		start,
		ids
	};
}
function numberSubtrees(root, parent) {
	const capacity = root.length;
	const size = new Int32Array(capacity);
	const childStart = new Int32Array(capacity + 1);
	for (let id = capacity - 1; id >= 0; id--) {
		if (root[id] === -2) continue;
		size[id]++;
		const above = parent[id];
		if (above === -2) continue;
		size[above] += size[id];
		childStart[above + 1]++;
	}
	for (let id = 0; id < capacity; id++) childStart[id + 1] += childStart[id];
	const child = new Int32Array(childStart[capacity]);
	const filled = childStart.slice(0, capacity);
	const preorder = new Int32Array(capacity);
	const nextNumber = new Int32Array(capacity);
	for (let id = 0; id < capacity; id++) {
		if (root[id] === -2) continue;
		const above = parent[id];
		if (above !== -2) {
			child[filled[above]++] = id;
			preorder[id] = nextNumber[above];
			nextNumber[above] += size[id];
		}
		nextNumber[id] = preorder[id] + 1;
	}
	return {
		size,
		preorder,
		childStart,
		child
	};
}
/** One hop along the tree from `from` towards `to` ≠ from, both in the same tree: down if `to` is below, else up. */
function treeStep(forest, from, to) {
	const { preorder, child, childStart } = forest;
	const target = preorder[to];
	if (target < preorder[from] || target >= preorder[from] + forest.size[from]) return forest.parent[from];
	let low = childStart[from];
	let high = childStart[from + 1] - 1;
	while (low < high) {
		const middle = low + high + 1 >> 1;
		if (preorder[child[middle]] <= target) low = middle;
		else high = middle - 1;
	}
	return child[low];
}
// engine/topology/hub.ts
/** Everybody to everybody, in one hop; holds no links. */
function meshHub(roots) {
	const others = (of, into) => {
		for (let i = 0; i < roots.length; i++) if (roots[i] !== of) into.push(roots[i]);
	};
	return {
		next: (_, to) => to,
		spread(at, origin, into) {
			if (at === origin) others(at, into);
		},
		neighbours: others,
		degree: () => roots.length - 1,
		forEachLink(visit) {
			for (let i = 0; i < roots.length; i++) for (let j = i + 1; j < roots.length; j++) visitOnce(roots[i], roots[j], visit);
		},
		linkCount: () => roots.length * (roots.length - 1) / 2
	};
}
function visitOnce(a, b, visit) {
	if (a < b) visit(a, b);
	else visit(b, a);
}
/** Cost of an unweighted link. Whole numbers keep sums exact, so that no two agents disagree about the shorter way. */
const LINK_COST = 1048576;
/**
* A closed chain in the given order. Two ways: a message goes the way of least Σ 1/weight, ascending where both cost
* the same; one way: always ascending.
*/
function ringHub(order, capacity, oneWay, weights) {
	const n = order.length;
	const at = (i) => order[i < 0 ? i + n : i >= n ? i - n : i];
	const rank = new Int32Array(capacity);
	for (let i = 0; i < n; i++) rank[order[i]] = i;
	/** costTo[i]: from rank 0 ascending to rank i; costTo[n]: all the way round. */
	const costTo = new Float64Array(n + 1);
	for (let i = 0; i < n; i++) costTo[i + 1] = costTo[i] + Math.max(1, Math.round(LINK_COST / weights.of(at(i), at(i + 1))));
	const round = costTo[n];
	const ascends = (i, j) => {
		if (oneWay) return true;
		const cost = costTo[j] - costTo[i];
		return 2 * (cost < 0 ? cost + round : cost) <= round;
	};
	return {
		next(from, to) {
			const i = rank[from];
			return ascends(i, rank[to]) ? at(i + 1) : at(i - 1);
		},
		spread(of, origin, into) {
			const i = rank[of];
			const start = rank[origin];
			const up = rank[at(i + 1)];
			const down = rank[at(i - 1)];
			if (up !== start && (i === start || ascends(start, i)) && ascends(start, up)) into.push(at(i + 1));
			if (down !== start && (i === start || !ascends(start, i)) && !ascends(start, down)) into.push(at(i - 1));
		},
		neighbours(of, into) {
			if (n > 1) into.push(at(rank[of] + 1));
			if (n > 2 && !oneWay) into.push(at(rank[of] - 1));
		},
		degree: () => n === 1 ? 0 : n === 2 || oneWay ? 1 : 2,
		forEachLink(visit) {
			const links = n === 1 ? 0 : n === 2 && !oneWay ? 1 : n;
			for (let i = 0; i < links; i++) if (oneWay) visit(at(i), at(i + 1));
			else visitOnce(at(i), at(i + 1), visit);
		},
		linkCount: () => n === 1 ? 0 : n === 2 && !oneWay ? 1 : n
	};
}
// engine/topology/metrics.ts
/** Most hops between two of n on a ring. */
const ringDiameter = (n, oneWay) => oneWay ? n - 1 : Math.floor(n / 2);
/** Height of every tree, in the order of `forest.roots`, and the longest path that stays inside one tree. */
function treeHeights(forest) {
	const { root, parent } = forest;
	const height = new Int32Array(root.length);
	let longestInside = 0;
	for (let id = root.length - 1; id >= 0; id--) {
		const above = root[id] === -2 ? -2 : parent[id];
		if (above === -2) continue;
		const here = height[id] + 1;
		longestInside = Math.max(longestInside, height[above] + here);
		if (here > height[above]) height[above] = here;
	}
	return {
		heights: Array.from(forest.roots, (id) => height[id]),
		longestInside
	};
}
/** Longest root-to-root route plus both ways down, roots joined as a mesh. Trees ≥ 2. */
function longestOverMesh(heights) {
	let first = -1;
	let second = -1;
	for (const height of heights) {
		second = Math.max(second, Math.min(first, height));
		first = Math.max(first, height);
	}
	return first + 1 + second;
}
/**
* The same over a ring: max over i < j, j − i ≤ reach of height(i) + (j − i) + height(j), indices going twice round.
* A queue of candidates with falling height(i) − i gives the best i for each j in O(n) in all.
*/
function longestOverRing(heights, oneWay) {
	const n = heights.length;
	const reach = ringDiameter(n, oneWay);
	const candidates = [];
	let head = 0;
	let longest = 0;
	const lead = (i) => heights[i % n] - i;
	for (let j = 0; j < 2 * n; j++) {
		while (head < candidates.length && candidates[head] < j - reach) head++;
		if (head < candidates.length) longest = Math.max(longest, lead(candidates[head]) + j + heights[j % n]);
		while (candidates.length > head && lead(candidates.at(-1)) <= lead(j)) candidates.pop();
		candidates.push(j);
	}
	return longest;
}
// engine/topology/weights.ts
/** A later entry for the same pair replaces an earlier one. Entries of agents past `capacity` never apply. */
function compileWeights(entries, capacity) {
	const byPair = /* @__PURE__ */ new Map();
	const touched = new Uint8Array(capacity);
	const pair = (a, b) => a < b ? a * capacity + b : b * capacity + a;
	for (const { a, b, weight } of entries) {
		assert(weight > 0 && weight < Infinity, "a connection has a positive strength");
		if (a >= capacity || b >= capacity || a < 0 || b < 0) continue;
		if (weight === 1) byPair.delete(pair(a, b));
		else byPair.set(pair(a, b), weight);
		touched[a] = 1;
	}
	for (const { b } of entries) if (b >= 0 && b < capacity) touched[b] = 1;
	let max = 1;
	for (const weight of byPair.values()) max = Math.max(max, weight);
	return {
		weighted: byPair.size > 0,
		max,
		of: (a, b) => touched[a] === 1 && touched[b] === 1 ? byPair.get(pair(a, b)) ?? 1 : 1
	};
}
// engine/topology/buildTopology.ts
/** Longer lists of neighbours are not made before somebody reads them: a mesh of 20,000 would hold 4·10⁸ ids. */
const EAGER_NEIGHBOURS = 64;
/**
* Routing tables for the agents with present[id] = 1; present.length is the capacity. O(capacity); keeps nothing of
* `present`. In a group (or the one tree) agents take heap places in ascending order of id.
*/
function buildTopology(spec, present, membership) {
	const capacity = present.length;
	const group = groupsOf(spec, capacity, membership);
	const weights = compileWeights(spec.weights, capacity);
	const forest = plant(spec, present, group);
	return new RoutingTables(spec, forest, spec.kind.startsWith("ring") ? ringHub(forest.roots, capacity, spec.oneWay, weights) : meshHub(forest.roots), group, weights);
}
function groupsOf(spec, capacity, { agents, groupOf }) {
	const { groups } = spec;
	const size = Math.max(1, Math.floor(agents / groups));
	const group = new Int32Array(capacity);
	for (let id = 0; id < capacity; id++) if (groupOf !== void 0) group[id] = groupOf(id);
	else if (isComposite$1(spec)) group[id] = id < groups * size ? Math.floor(id / size) : (id - groups * size) % groups;
	return group;
}
const isComposite$1 = ({ kind }) => kind === "mesh-of-trees" || kind === "ring-of-trees";
/** A mesh or ring is a forest of single agents, a hierarchy one tree, a composite one tree a group. */
function plant(spec, present, group) {
	const capacity = present.length;
	assert(spec.branching >= 1 && spec.groups >= 1, "a tree branches and there is a group");
	if (isComposite$1(spec)) {
		assert(group.every((g) => g >= 0 && g < spec.groups), "every agent belongs to one of the groups");
		return buildForest(present, group, spec.groups, spec.branching);
	}
	if (spec.kind === "hierarchical") return buildForest(present, new Int32Array(capacity), 1, spec.branching);
	const own = new Int32Array(capacity);
	for (let id = 0; id < capacity; id++) own[id] = id;
	return buildForest(present, own, capacity, 1);
}
const ascending = (a, b) => a - b;
var RoutingTables = class {
	spec;
	forest;
	hub;
	groups;
	kind;
	size;
	weighted;
	maxWeight;
	weight;
	constructor(spec, forest, hub, groups, weights) {
		this.spec = spec;
		this.forest = forest;
		this.hub = hub;
		this.groups = groups;
		this.kind = spec.kind;
		this.size = forest.roots.reduce((sum, id) => sum + forest.size[id], 0);
		this.weighted = weights.weighted;
		this.maxWeight = weights.max;
		this.weight = weights.of;
	}
	has(agent) {
		return agent >= 0 && agent < this.groups.length && this.forest.root[agent] !== -2;
	}
	nextHop(from, to) {
		if (!this.has(from) || !this.has(to)) return -2;
		if (from === to) return to;
		const { root, parent } = this.forest;
		const here = root[from];
		const there = root[to];
		if (here === there) return treeStep(this.forest, from, to);
		return from === here ? this.hub.next(here, there) : parent[from];
	}
	spread(at, origin) {
		if (!this.has(at) || !this.has(origin)) return [];
		const { root } = this.forest;
		const back = at === origin ? -2 : this.nextHop(at, origin);
		const onward = this.treeNeighbours(at).filter((id) => id !== back);
		if (root[at] === at) this.hub.spread(at, root[origin], onward);
		return onward.sort(ascending);
	}
	neighbours(agent) {
		if (!this.has(agent)) return [];
		const found = this.treeNeighbours(agent);
		if (this.forest.root[agent] === agent) this.hub.neighbours(agent, found);
		return found.sort(ascending);
	}
	degree(agent) {
		if (!this.has(agent)) return 0;
		const { childStart, root } = this.forest;
		return childStart[agent + 1] - childStart[agent] + (root[agent] === agent ? this.hub.degree(agent) : 1);
	}
	parent(agent) {
		return this.has(agent) ? this.forest.parent[agent] : -2;
	}
	children(agent) {
		if (!this.has(agent)) return [];
		const { child, childStart } = this.forest;
		return Array.from(child.subarray(childStart[agent], childStart[agent + 1]));
	}
	level(agent) {
		return this.has(agent) ? this.forest.level[agent] : 0;
	}
	group(agent) {
		return this.groups[agent] ?? 0;
	}
	forEachLink(visit) {
		const { parent } = this.forest;
		for (let id = 0; id < parent.length; id++) if (parent[id] !== -2) visit(parent[id], id);
		if (this.size > 0) this.hub.forEachLink(visit);
	}
	linkCount() {
		return this.size === 0 ? 0 : this.size - this.forest.roots.length + this.hub.linkCount();
	}
	diameter() {
		const { heights, longestInside } = treeHeights(this.forest);
		if (heights.length < 2) return longestInside;
		const { kind, oneWay } = this.spec;
		const across = kind.startsWith("ring") ? longestOverRing(heights, oneWay) : longestOverMesh(heights);
		return Math.max(longestInside, across);
	}
	surroundings(agent) {
		const known = {
			parent: this.parent(agent),
			children: this.children(agent),
			group: this.group(agent)
		};
		if (this.degree(agent) <= EAGER_NEIGHBOURS) return {
			neighbours: this.neighbours(agent),
			...known
		};
		const list = () => this.neighbours(agent);
		return {
			get neighbours() {
				return list();
			},
			...known
		};
	}
	treeNeighbours(agent) {
		const found = this.children(agent);
		const above = this.forest.parent[agent];
		if (above !== -2) found.push(above);
		return found;
	}
};
// engine/agents/AgentRegistry.ts
function makeRegistry(capacity, capabilities) {
	assert(capabilities.length <= 32, "at most 32 program kinds in one run");
	return {
		count: 0,
		status: new Uint8Array(capacity),
		group: new Int32Array(capacity),
		programs: new Uint32Array(capacity),
		capabilities
	};
}
/** Gives out the next id, up. Mutates `registry`. */
function register(registry, group, programs) {
	assert(registry.count < registry.status.length, "the capacity of the registry is not exceeded");
	const id = registry.count++;
	registry.status[id] = STATUS_CODE.up;
	registry.group[id] = group;
	registry.programs[id] = programs >>> 0;
	return id;
}
const isPresent = (registry, id) => id >= 0 && id < registry.count && registry.status[id] !== STATUS_CODE.absent;
// engine/World.ts
/** Ids left free for agents that a person adds by clicking. */
const SPARE_IDS = 1024;
/** Event numbers of the environment: each command owns sixteen, so that a later command never shifts an earlier one's. */
const ENV_BLOCK = 16;
const NTH = {
	begin: 0,
	end: 1,
	discoverBegin: 2,
	discoverRoute: 3,
	discoverEnd: 4
};
const envSeq = (command, nth) => (command + 1) * ENV_BLOCK + nth;
var World = class {
	scenario;
	capacity;
	groupOf;
	placement;
	kindOf;
	state;
	/** Append order; `at` need not ascend. */
	log = [];
	times = [];
	constructor(scenario, capacity, groupOf, placement, kindOf) {
		this.scenario = scenario;
		this.capacity = capacity;
		this.groupOf = groupOf;
		this.placement = placement;
		this.kindOf = kindOf;
		const registry = makeRegistry(capacity, scenario.programs.map((p) => p.kind));
		this.state = {
			registry,
			routed: new Uint8Array(capacity),
			rules: [],
			weights: [],
			agenda: [],
			topologyVersion: 0
		};
		for (let id = 0; id < scenario.swarm.agents; id++) {
			register(registry, groupOf(id), placement(id, groupOf(id)));
			this.state.routed[id] = 1;
		}
	}
	setLog(log) {
		this.log = log;
		this.times = log.map((c) => c.at).sort((x, y) => x - y);
	}
	/** Time of the next cut at which a command or an agenda item acts, after `t` (or at it, with `inclusive`). */
	nextAt(t, inclusive) {
		let next = NEVER;
		for (const at of this.times) if (at > t || inclusive && at === t) {
			next = at;
			break;
		}
		for (const item of this.state.agenda) if (item.at < next && (item.at > t || inclusive)) next = item.at;
		return next;
	}
	/** Whether applying the cut at `t` needs to know who leads. */
	needsLeads(t) {
		return this.log.some((c) => c.at === t && JSON.stringify(c).match(/"(leader|follower)"/) !== null);
	}
	/** Applies what is due at the cut at `t`: agenda first, then commands in log order. Returns what the shards must do. */
	apply(t, leads) {
		const actions = [];
		const due = this.state.agenda.filter((item) => item.at === t);
		if (due.length > 0) this.state.agenda = this.state.agenda.filter((item) => item.at !== t);
		for (const item of due) this.act(item, actions);
		this.log.forEach((command, index) => {
			if (command.at === t) this.command(command, index, t, leads, actions);
		});
		return actions;
	}
	clone() {
		return clonePlain(this.state);
	}
	act(item, actions) {
		const { state } = this;
		const { agent, command } = item;
		const seq = envSeq(command, NTH.end);
		switch (item.what) {
			case "restart":
				this.restart(agent, seq, envSeq(command, NTH.discoverEnd), actions);
				return;
			case "resume":
				this.resume(agent, seq, actions);
				return;
			case "unslow":
				if (isPresent(state.registry, agent)) actions.push({
					what: "slow",
					agent,
					factor: 1,
					seq
				});
				return;
			case "endRule":
				state.rules = state.rules.filter((rule) => rule.id !== command);
				actions.push(fact(seq, {
					kind: "fault",
					op: "heal",
					command,
					active: false
				}));
				return;
			case "route": if (state.registry.status[agent] === STATUS_CODE.down && state.routed[agent] === 1) {
				state.routed[agent] = 0;
				state.topologyVersion++;
				actions.push({
					what: "discover",
					seq: envSeq(command, NTH.discoverRoute)
				});
			}
		}
	}
	command(command, index, t, leads, actions) {
		const { state } = this;
		const seq = envSeq(index, NTH.begin);
		const discover = envSeq(index, NTH.discoverBegin);
		switch (command.op) {
			case "crash":
			case "pause": return this.stop(command, index, leads, actions);
			case "restart": return this.restart(this.target(command.agent, leads), seq, discover, actions);
			case "resume": return this.resume(this.target(command.agent, leads), seq, actions);
			case "slow": {
				const agent = this.target(command.agent, leads);
				if (!isPresent(state.registry, agent)) return;
				actions.push({
					what: "slow",
					agent,
					factor: command.factor,
					seq
				});
				if (command.forUs !== void 0) this.later({
					at: t + command.forUs,
					what: "unslow",
					agent,
					command: index
				});
				return;
			}
			case "join": return this.join(command.group, seq, discover, actions);
			case "leave": return this.leave(this.target(command.agent, leads), seq, discover, actions);
			case "heal":
				state.rules = [];
				actions.push(fact(seq, {
					kind: "fault",
					op: "heal",
					command: index,
					active: false
				}));
				return;
			case "propose": {
				const agent = this.target(command.agent, leads);
				if (isPresent(state.registry, agent)) actions.push({
					what: "clientOp",
					agent,
					program: command.program,
					op: command.value,
					seq
				});
				return;
			}
			case "connect":
				state.weights = [...state.weights, {
					a: command.a,
					b: command.b,
					weight: command.weight
				}];
				state.topologyVersion++;
				actions.push(fact(seq, {
					kind: "fault",
					op: "connect",
					command: index,
					active: false
				}));
				return;
			case "dropMessage":
			case "duplicateMessage":
			case "delayMessage": {
				const us = command.op === "delayMessage" ? command.us : 0;
				actions.push({
					what: command.op,
					src: command.src,
					txSeq: command.seq,
					us,
					seq
				});
				return;
			}
			default:
				state.rules = [...state.rules, this.rule(command, index, leads)];
				if (command.forUs !== void 0) this.later({
					at: t + command.forUs,
					what: "endRule",
					agent: -2,
					command: index
				});
				actions.push(fact(seq, {
					kind: "fault",
					op: command.op,
					command: index,
					active: true
				}));
		}
	}
	stop(command, index, leads, actions) {
		const { at, op, forUs } = command;
		const { registry } = this.state;
		const agent = this.target(command.agent, leads);
		const status = registry.status[agent];
		const stops = op === "crash";
		if (agent < 0 || !(status === STATUS_CODE.up || stops && status === STATUS_CODE.paused)) return;
		registry.status[agent] = stops ? STATUS_CODE.down : STATUS_CODE.paused;
		actions.push({
			what: op,
			agent,
			seq: envSeq(index, NTH.begin)
		});
		if (forUs !== void 0) this.later({
			at: at + forUs,
			what: stops ? "restart" : "resume",
			agent,
			command: index
		});
		const { repairUs } = this.scenario.topology;
		if (stops && repairUs > 0) this.later({
			at: at + repairUs,
			what: "route",
			agent,
			command: index
		});
	}
	join(toGroup, seq, discover, actions) {
		const { state } = this;
		if (state.registry.count >= this.capacity) return;
		const id = state.registry.count;
		const group = toGroup ?? this.groupOf(id);
		register(state.registry, group, this.placement(id, group));
		state.routed[id] = 1;
		state.topologyVersion++;
		actions.push({
			what: "join",
			agent: id,
			seq
		}, {
			what: "discover",
			seq: discover
		});
	}
	leave(agent, seq, discover, actions) {
		const { state } = this;
		if (!isPresent(state.registry, agent)) return;
		state.registry.status[agent] = STATUS_CODE.absent;
		state.routed[agent] = 0;
		state.topologyVersion++;
		actions.push({
			what: "leave",
			agent,
			seq
		}, {
			what: "discover",
			seq: discover
		});
	}
	rule(command, id, leads) {
		if (command.op === "partition") return {
			id,
			from: this.members(command.side, leads) ?? new Uint8Array(this.capacity),
			to: null,
			kind: -1,
			action: "partition"
		};
		const ends = {
			id,
			from: this.members(command.from, leads),
			to: this.members(command.to, leads)
		};
		if (command.op === "cut") return {
			...ends,
			kind: -1,
			action: "cut"
		};
		const kind = command.kind === void 0 ? -1 : this.kindOf(command.kind);
		switch (command.op) {
			case "delay": return {
				...ends,
				kind,
				action: "delay",
				us: command.us
			};
			case "lose":
			case "duplicate": return {
				...ends,
				kind,
				action: command.op,
				probability: command.probability
			};
			case "reorder": return {
				...ends,
				kind,
				action: "reorder",
				probability: command.probability,
				us: command.us
			};
		}
	}
	members(set, leads) {
		if (set === "all") return null;
		const bits = new Uint8Array(this.capacity);
		if (typeof set === "object" && "group" in set) {
			for (let id = 0; id < this.capacity; id++) if ((id < this.state.registry.count ? this.state.registry.group[id] : this.groupOf(id)) === set.group) bits[id] = 1;
		} else for (const target of Array.isArray(set) ? set : [set]) bits[this.target(target, leads)] = 1;
		return bits;
	}
	target(target, leads) {
		return target === "leader" ? leads.leader : target === "follower" ? leads.follower : target;
	}
	restart(agent, seq, discover, actions) {
		const { state } = this;
		if (agent < 0 || state.registry.status[agent] !== STATUS_CODE.down) return;
		state.registry.status[agent] = STATUS_CODE.up;
		actions.push({
			what: "restart",
			agent,
			seq
		});
		if (state.routed[agent] === 1) return;
		state.routed[agent] = 1;
		state.topologyVersion++;
		actions.push({
			what: "discover",
			seq: discover
		});
	}
	resume(agent, seq, actions) {
		if (agent < 0 || this.state.registry.status[agent] !== STATUS_CODE.paused) return;
		this.state.registry.status[agent] = STATUS_CODE.up;
		actions.push({
			what: "resume",
			agent,
			seq
		});
	}
	later(item) {
		this.state.agenda = [...this.state.agenda, item];
	}
};
const fact = (seq, body) => ({
	what: "mark",
	agent: -2,
	seq,
	body
});
// engine/Plan.ts
/** @param extra programs that are not built in: a library user's, a benchmark's. */
function makePlan(scenario, shards, extra = []) {
	const { agents } = scenario.swarm;
	const capacity = agents + scenario.faults.filter((c) => c.op === "join").length + SPARE_IDS;
	const composite = scenario.topology.kind === "mesh-of-trees" || scenario.topology.kind === "ring-of-trees";
	const regions = scenario.network.latency.kind === "regions" ? scenario.network.latency.regions : null;
	const groups = composite ? scenario.topology.groups : regions?.length ?? 1;
	const size = Math.ceil(agents / groups);
	const groupOf = (id) => composite ? id < agents ? Math.floor(id / size) : (id - agents) % groups : id % groups;
	const groupNow = Int32Array.from({ length: capacity }, (_, id) => groupOf(id));
	const programs = scenario.programs.map((spec) => programNamed(spec.kind, [...PROGRAMS, ...extra]));
	const messageKinds = [...new Set(programs.flatMap((p) => p.messageKinds))];
	const kindMaps = programs.map((p) => new Map(p.messageKinds.map((word) => [word, messageKinds.indexOf(word)])));
	const topology = (world) => {
		groupNow.set(world.registry.group.subarray(0, world.registry.count));
		return buildTopology({
			...scenario.topology,
			weights: [...scenario.topology.weights, ...world.weights]
		}, world.routed, {
			agents,
			groupOf: (id) => groupNow[id]
		});
	};
	const placed = scenario.programs.map((spec) => placementOf(spec, scenario, size, groups, composite));
	const members = placed.map((runs) => Array.from({ length: agents }, (_, id) => id).filter((id) => runs(id)));
	const fsync = compileLatency(scenario.disk.fsync, () => 0);
	const views = makeView();
	return {
		scenario,
		shards,
		capacity,
		programs,
		messageKinds,
		latency: compileLatency(scenario.network.latency, (id) => groupNow[id]),
		roles: {
			leader: ROLES.indexOf("leader"),
			follower: ROLES.indexOf("follower")
		},
		shardOf: layOutShards(agents, composite ? groups : 1, shards),
		groupOf,
		placement: (id) => placed.reduce((mask, runs, k) => runs(id) ? mask | 1 << k : mask, 0) >>> 0,
		programsOf: (mask) => programs.map((_, k) => k).filter((k) => mask >>> k & 1),
		kindIndex: (program, msg) => kindMaps[program].get(programs[program].kindOf(msg)) ?? 0,
		topology,
		contextOf: (id, program, now) => ({
			params: scenario.programs[program].params,
			members: members[program].includes(id) ? members[program] : [...members[program], id],
			surroundings: now.surroundings(id)
		}),
		fsyncUs: (word) => fsync.sample(0, 0, word),
		viewOf: (agent) => {
			resetView(views);
			for (const p of agent.programs) if (p.state !== null) programs[p.program].view?.(p.state, views);
			return views;
		},
		emptyView: makeView(),
		groupNames: () => regions ?? (composite ? Array.from({ length: groups }, (_, g) => `group ${g + 1}`) : [])
	};
}
function programNamed(kind, known) {
	const program = known.find((p) => p.kind === kind);
	assert(program !== void 0, `program ${kind} is one of ${known.map((p) => p.kind).join(", ")}`);
	return program;
}
/** Which agents run a program, joined ones included. */
function placementOf(spec, scenario, size, groups, composite) {
	const { agents } = scenario.swarm;
	const { on } = spec;
	const isHead = (id) => id < agents && (composite ? id % size === 0 : id === 0);
	if (on === "all") return () => true;
	if (on === "heads") return isHead;
	if (on === "leaves") return isLeaf(scenario, size, groups, composite);
	if ("first" in on) return (id) => id < on.first;
	if ("last" in on) return (id) => id < agents && id >= agents - on.last;
	const ids = new Set(on);
	return (id) => ids.has(id);
}
/** An agent without children in its heap-ordered tree; where there are no trees, everybody but the first. */
function isLeaf(scenario, size, groups, composite) {
	const { agents } = scenario.swarm;
	const { branching, kind } = scenario.topology;
	if (kind === "mesh" || kind === "ring") return (id) => id > 0;
	return (id) => {
		if (id >= agents) return true;
		const group = composite ? Math.floor(id / size) : 0;
		const last = composite ? Math.min(size, agents - group * size) : agents;
		const place = composite ? id % size : id;
		return groups > 0 && place * branching + 1 >= last;
	};
}
const makeView = () => ({
	role: 0,
	term: 0,
	lastIndex: 0,
	commitIndex: 0,
	durableIndex: 0,
	load: 0,
	follows: -1,
	votes: 0
});
function resetView(view) {
	view.role = view.term = view.lastIndex = view.commitIndex = view.durableIndex = view.load = view.votes = 0;
	view.follows = -1;
}
// engine/kernel/clock.ts
const trueClock = () => ({
	atUs: 0,
	localUs: 0,
	driftPpm: 0
});
/** What the clock shows at virtual time `t` ≥ atUs, rounded down to a whole µs. */
function localAt(clock, t) {
	const elapsed = t - clock.atUs;
	return clock.localUs + elapsed + Math.floor(elapsed * clock.driftPpm / 1e6);
}
/** The first virtual time, not before `now`, at which the clock shows at least `localUs`. */
function whenLocal(clock, localUs, now) {
	if (clock.driftPpm === 0) return Math.max(now, localUs - clock.localUs + clock.atUs);
	let t = clock.atUs + Math.floor((localUs - clock.localUs) * 1e6 / (1e6 + clock.driftPpm));
	while (localAt(clock, t) >= localUs) t--;
	while (localAt(clock, t) < localUs) t++;
	return Math.max(now, t);
}
/** Runs the programs of a shard's agents: power, clocks, timers, disks, service. All state is in AgentState. */
var AgentHost = class {
	spec;
	port;
	effects;
	words = /* @__PURE__ */ new Uint32Array(4);
	kinds;
	constructor(spec, port) {
		this.spec = spec;
		this.port = port;
		this.kinds = new Map(spec.programs.map((p, i) => [p.kind, i]));
		this.effects = new HostEffects(spec, port, this.kinds, (agent, program) => this.flush(agent, program));
	}
	/** A new agent with the given program kinds, powered on. */
	create(id, programs) {
		const agent = {
			id,
			status: STATUS_CODE.up,
			incarnation: 0,
			seq: 0,
			clock: trueClock(),
			slowFactor: 1,
			serving: false,
			inbox: [],
			programs: programs.map((program) => ({
				program,
				state: null,
				timers: {},
				draws: {},
				disk: this.spec.programs[program].disk?.empty() ?? null,
				writes: [],
				flushing: 0
			}))
		};
		this.boot(agent);
		return agent;
	}
	boot(agent) {
		for (const p of agent.programs) {
			const context = {
				...this.spec.contextOf(agent.id, p.program),
				incarnation: agent.incarnation
			};
			p.state = this.spec.programs[p.program].boot(agent.id, clonePlain(p.disk), context);
		}
	}
	/** Power off: volatile state, timers, inbox are gone; of unfinished writes a torn prefix may stay. */
	crash(agent) {
		agent.status = STATUS_CODE.down;
		agent.inbox = [];
		agent.serving = false;
		for (const p of agent.programs) {
			if (this.spec.tornWrites && p.writes.length > 0) {
				philox(this.words, this.spec.seed, STREAM.disk, agent.id, p.program, agent.incarnation, 1);
				const kept = this.words[0] % (p.writes.length + 1);
				const disk = this.spec.programs[p.program].disk;
				for (const write of p.writes.slice(0, kept)) disk?.write(p.disk, write.record);
			}
			p.writes = [];
			p.flushing = 0;
			p.state = null;
			for (const name of Object.keys(p.timers)) delete p.timers[name];
		}
	}
	/** Power on from what the disk holds; a start event follows from the shard. */
	restart(agent) {
		agent.status = STATUS_CODE.up;
		agent.incarnation++;
		this.boot(agent);
	}
	pause(agent) {
		agent.status = STATUS_CODE.paused;
	}
	resume(agent) {
		agent.status = STATUS_CODE.up;
		if (agent.inbox.length > 0 && !agent.serving) this.beginService(agent);
	}
	/**
	* One event for one agent. Returns false where nobody heard it (the agent is off, the inbox is full, the timer or
	* the incarnation is stale). `seq` is the event's own.
	*/
	handle(agent, type, a, b, payload, seq) {
		if (agent.status === STATUS_CODE.down || agent.status === STATUS_CODE.absent) return false;
		if (type === EVENT.serve) return b === agent.incarnation && this.serve(agent);
		if (type === EVENT.diskDone) return b === agent.incarnation && this.diskDone(agent, a, seq);
		if (type === EVENT.start && b !== agent.incarnation) return false;
		if (type === EVENT.timer && !isCurrent(agent, a, b, payload, seq)) return false;
		if ((type !== EVENT.arrive || this.spec.serviceUs === 0 && agent.slowFactor === 1) && agent.status === STATUS_CODE.up && agent.inbox.length === 0) {
			if (type === EVENT.arrive) this.port.waited(0);
			this.deliver(agent, type, a, payload, seq);
			return true;
		}
		return this.enqueue(agent, {
			type,
			a,
			b,
			payload,
			arrivedUs: this.port.now,
			cause: this.port.keyWords()
		});
	}
	enqueue(agent, waiting) {
		if (waiting.type === EVENT.arrive && agent.inbox.length >= this.spec.inboxMax) return false;
		agent.inbox.push(waiting);
		if (!agent.serving && agent.status === STATUS_CODE.up) this.beginService(agent);
		return true;
	}
	beginService(agent) {
		const first = agent.inbox[0];
		let us = 1;
		if (first.type === EVENT.arrive) {
			us = Math.max(1, this.spec.serviceUs);
			if (agent.slowFactor !== 1) us = Math.max(1, Math.round(Math.max(us, 100) * agent.slowFactor));
		}
		agent.serving = true;
		this.port.schedule(agent, this.port.now + us, EVENT.serve, 0, agent.incarnation, null);
	}
	serve(agent) {
		agent.serving = false;
		if (agent.status === STATUS_CODE.paused) return true;
		const waiting = agent.inbox.shift();
		if (waiting === void 0) return true;
		if (!(waiting.type === EVENT.timer && !isCurrent(agent, waiting.a, waiting.b, waiting.payload, waiting.cause[3]))) {
			this.port.becauseOf(waiting.cause);
			if (waiting.type === EVENT.arrive) this.port.waited(this.port.now - waiting.arrivedUs);
			this.deliver(agent, waiting.type, waiting.a, waiting.payload, waiting.cause[3]);
		}
		if (agent.inbox.length > 0 && !agent.serving) this.beginService(agent);
		return true;
	}
	deliver(agent, type, a, payload, seq) {
		switch (type) {
			case EVENT.start:
				for (const p of agent.programs) this.step(agent, p, { type: "start" });
				return;
			case EVENT.discovery:
				for (const p of agent.programs) this.step(agent, p, {
					type: "discovery",
					surroundings: payload
				});
				return;
			case EVENT.arrive: {
				const packet = payload;
				if (packet.to !== agent.id) this.port.relay(agent, packet);
				const p = packet.to >= 0 && packet.to !== agent.id ? null : programOf(agent, packet.program);
				if (p !== null) this.step(agent, p, {
					type: "message",
					from: packet.from,
					msg: packet.msg
				});
				return;
			}
			case EVENT.timer: {
				const p = programOf(agent, a);
				if (p.timers[payload]?.seq === seq) delete p.timers[payload];
				this.step(agent, p, {
					type: "timer",
					name: payload
				});
				return;
			}
			case EVENT.clientOp: {
				const p = programOf(agent, a);
				if (p !== null) this.step(agent, p, {
					type: "clientOp",
					op: payload
				});
				return;
			}
			case EVENT.diskDone: this.step(agent, programOf(agent, a), {
				type: "diskDone",
				then: payload
			});
		}
	}
	step(agent, p, input) {
		this.effects.enter(agent, p);
		this.spec.programs[p.program].step(p.state, input, this.effects);
	}
	/** Starts an fsync of everything issued so far, unless one is running. */
	flush(agent, p) {
		if (p.flushing > 0 || p.writes.length === 0) return;
		p.flushing = p.writes.length;
		philox(this.words, this.spec.seed, STREAM.disk, agent.id, p.program, agent.seq, 0);
		const due = this.port.now + Math.max(1, this.spec.fsyncUs(this.words[0]));
		this.port.schedule(agent, due, EVENT.diskDone, p.program, agent.incarnation, null);
	}
	diskDone(agent, program, seq) {
		const p = programOf(agent, program);
		const done = p.writes.splice(0, p.flushing);
		p.flushing = 0;
		const disk = this.spec.programs[program].disk;
		for (const write of done) disk?.write(p.disk, write.record);
		this.flush(agent, p);
		for (const write of done) if (agent.status === STATUS_CODE.up && agent.inbox.length === 0) this.deliver(agent, EVENT.diskDone, program, write.then, seq);
		else {
			const waiting = {
				type: EVENT.diskDone,
				a: program,
				b: agent.incarnation,
				payload: write.then
			};
			this.enqueue(agent, {
				...waiting,
				arrivedUs: this.port.now,
				cause: this.port.keyWords()
			});
		}
		return true;
	}
	/** The clock was adjusted: timers are local, so their due times move. */
	rederiveTimers(agent) {
		for (const p of agent.programs) for (const [name, timer] of Object.entries(p.timers)) {
			const due = Math.max(this.port.now + 1, whenLocal(agent.clock, timer.dueLocalUs, this.port.now));
			const seq = this.port.schedule(agent, due, EVENT.timer, p.program, agent.incarnation, name);
			p.timers[name] = {
				seq,
				dueLocalUs: timer.dueLocalUs,
				dueUs: due
			};
		}
	}
};
function programOf(agent, program) {
	for (const p of agent.programs) if (p.program === program) return p;
	return null;
}
/** Whether a timer event is the one last set under its name, in this incarnation. */
function isCurrent(agent, program, incarnation, name, seq) {
	return incarnation === agent.incarnation && programOf(agent, program)?.timers[name]?.seq === seq;
}
/** The one effects object of a host: `enter` points it at the program that is stepping. */
var HostEffects = class {
	spec;
	port;
	kinds;
	flush;
	agent;
	program;
	words = /* @__PURE__ */ new Uint32Array(4);
	trace;
	constructor(spec, port, kinds, flush) {
		this.spec = spec;
		this.port = port;
		this.kinds = kinds;
		this.flush = flush;
		if (port.trace !== null) this.trace = (event) => this.port.trace(this.agent.id, event);
	}
	enter(agent, program) {
		this.agent = agent;
		this.program = program;
	}
	get self() {
		return this.agent.id;
	}
	get localUs() {
		return localAt(this.agent.clock, this.port.now);
	}
	send(to, msg) {
		this.port.send(this.agent, this.program.program, to, msg);
	}
	sendTo(program, to, msg) {
		const kind = this.kinds.get(program);
		if (kind !== void 0) this.port.send(this.agent, kind, to, msg);
	}
	broadcast(msg) {
		this.port.broadcast(this.agent, this.program.program, msg);
	}
	setTimer(name, afterUs) {
		const { agent, program, port } = this;
		const dueLocalUs = localAt(agent.clock, port.now) + Math.max(1, Math.floor(afterUs));
		const due = Math.max(port.now + 1, whenLocal(agent.clock, dueLocalUs, port.now));
		const seq = port.schedule(agent, due, EVENT.timer, program.program, agent.incarnation, name);
		program.timers[name] = {
			seq,
			dueLocalUs,
			dueUs: due
		};
	}
	cancelTimer(name) {
		delete this.program.timers[name];
	}
	persist(record, then) {
		this.program.writes.push({
			record,
			then
		});
		this.flush(this.agent, this.program);
	}
	mark(mark) {
		this.port.mark(this.agent.id, this.spec.programs[this.program.program].kind, mark);
	}
	draw(purpose) {
		const count = this.program.draws[purpose] ?? 0;
		this.program.draws[purpose] = count + 1;
		const stream = STREAM.program + (this.program.program + 1) * 65536;
		philox(this.words, this.spec.seed, stream, this.agent.id, purpose, count, 0);
		return this.words[0];
	}
};
// engine/agents/AgentTable.ts
/** The agents of one shard by id: a Map whose look-up is an index, because every event makes one. */
var AgentTable = class {
	rows;
	constructor(capacity) {
		this.rows = new Array(capacity).fill(void 0);
	}
	get(id) {
		return this.rows[id];
	}
	set(id, agent) {
		this.rows[id] = agent;
	}
	delete(id) {
		this.rows[id] = void 0;
	}
	clear() {
		this.rows.fill(void 0);
	}
	/** In the order of ids. */
	*values() {
		for (const agent of this.rows) if (agent !== void 0) yield agent;
	}
	/** [id, agent] in the order of ids. */
	*[Symbol.iterator]() {
		for (const agent of this.values()) yield [agent.id, agent];
	}
};
// engine/eventCodec.ts
/** Writes one event; packets by the layout that their program declares, other payloads as plain data. */
function writeEvent(out, row, programs) {
	f64.write(out, row.time);
	i32.write(out, row.dst);
	i32.write(out, row.src);
	u32.write(out, row.seq);
	u8.write(out, row.type);
	i32.write(out, row.a);
	u32.write(out, row.b);
	f64.write(out, row.cause[0]);
	i32.write(out, row.cause[1]);
	i32.write(out, row.cause[2]);
	u32.write(out, row.cause[3]);
	if (row.type === EVENT.arrive) writePacket(out, row.payload, programs);
	else plain$1.write(out, row.payload);
}
function readEvent(from, programs) {
	const time = f64.read(from);
	const dst = i32.read(from);
	const src = i32.read(from);
	const seq = u32.read(from);
	const type = u8.read(from);
	const a = i32.read(from);
	const b = u32.read(from);
	const cause = [
		f64.read(from),
		i32.read(from),
		i32.read(from),
		u32.read(from)
	];
	return {
		time,
		dst,
		src,
		seq,
		type,
		a,
		b,
		payload: type === EVENT.arrive ? readPacket(from, programs) : plain$1.read(from),
		cause
	};
}
function writePacket(out, packet, programs) {
	u8.write(out, packet.program);
	u32.write(out, packet.hops);
	u32.write(out, packet.kind);
	i32.write(out, packet.from);
	i32.write(out, packet.to);
	i32.write(out, packet.via);
	f64.write(out, packet.sentUs);
	f64.write(out, packet.leftUs);
	programs[packet.program].messages.write(out, packet.msg);
}
function readPacket(from, programs) {
	const program = u8.read(from);
	return {
		program,
		hops: u32.read(from),
		kind: u32.read(from),
		from: i32.read(from),
		to: i32.read(from),
		via: i32.read(from),
		sentUs: f64.read(from),
		leftUs: f64.read(from),
		msg: programs[program].messages.read(from)
	};
}
// engine/frame/FlightLog.ts
/**
* The last transmissions of one shard, as the picture needs them: a ring of immutable rows. Not part of the run: no
* program and no digest sees it, and restoring a checkpoint refills it from what is pending.
*/
var FlightLog = class {
	capacity;
	/** Rows ever written; the row of flight k is k % capacity. */
	written = 0;
	sentUs;
	dueUs;
	src;
	dst;
	kind;
	fate;
	txSrc;
	txSeq;
	constructor(capacity) {
		this.capacity = capacity;
		this.sentUs = new Float64Array(capacity);
		this.dueUs = new Float64Array(capacity);
		this.src = new Int32Array(capacity);
		this.dst = new Int32Array(capacity);
		this.kind = new Uint16Array(capacity);
		this.fate = new Uint8Array(capacity);
		this.txSrc = new Int32Array(capacity);
		this.txSeq = new Uint32Array(capacity);
	}
	/** Appends one row. `sent` and `due` are virtual µs, `fate` an index into FATES, (txSrc, txSeq) the transmission
	* where it was scheduled; of one that was lost or blocked, the number on its link, which names nothing. */
	add(sent, due, src, dst, kind, fate, txSeq, txSrc = src) {
		const row = this.written++ % this.capacity;
		this.sentUs[row] = sent;
		this.dueUs[row] = due;
		this.src[row] = src;
		this.dst[row] = dst;
		this.kind[row] = kind;
		this.fate[row] = fate;
		this.txSrc[row] = txSrc;
		this.txSeq[row] = txSeq;
	}
	clear() {
		this.written = 0;
		this.sentUs.fill(0);
		this.dueUs.fill(0);
	}
	/** Copies every row into a frame's columns of the same capacity. */
	copyTo(columns) {
		columns.sentUs.set(this.sentUs);
		columns.dueUs.set(this.dueUs);
		columns.src.set(this.src);
		columns.dst.set(this.dst);
		columns.kind.set(this.kind);
		columns.fate.set(this.fate);
		columns.txSrc.set(this.txSrc);
		columns.txSeq.set(this.txSeq);
	}
};
// engine/History.ts
/** The last events a shard handled, with their causes: what answers "why". A ring; never part of the run. */
var History = class {
	capacity;
	written = 0;
	time;
	dst;
	src;
	seq;
	causeTime;
	causeDst;
	causeSrc;
	causeSeq;
	type;
	kind;
	constructor(capacity) {
		this.capacity = capacity;
		this.time = new Float64Array(capacity);
		this.dst = new Int32Array(capacity);
		this.src = new Int32Array(capacity);
		this.seq = new Uint32Array(capacity);
		this.causeTime = new Float64Array(capacity);
		this.causeDst = new Int32Array(capacity);
		this.causeSrc = new Int32Array(capacity);
		this.causeSeq = new Uint32Array(capacity);
		this.type = new Uint8Array(capacity);
		this.kind = new Int32Array(capacity);
	}
	/** `kind`: message kind of an arrival, −1 otherwise; `cause` of the start of everything has time −1. */
	add(time, dst, src, seq, causeTime, causeDst, causeSrc, causeSeq, type, kind) {
		const row = this.written++ % this.capacity;
		this.time[row] = time;
		this.dst[row] = dst;
		this.src[row] = src;
		this.seq[row] = seq;
		this.causeTime[row] = causeTime;
		this.causeDst[row] = causeDst;
		this.causeSrc[row] = causeSrc;
		this.causeSeq[row] = causeSeq;
		this.type[row] = type;
		this.kind[row] = kind;
	}
	/** The event named `key`, or null where it is older than the ring or was handled by another shard. */
	find(key) {
		const count = Math.min(this.written, this.capacity);
		for (let back = 1; back <= count; back++) {
			const row = (this.written - back) % this.capacity;
			if (this.seq[row] !== key.seq || this.src[row] !== key.src || this.dst[row] !== key.dst || this.time[row] !== key.time) continue;
			return this.row(row);
		}
		return null;
	}
	/** The last `limit` events, oldest first. */
	last(limit) {
		const count = Math.min(this.written, this.capacity, limit);
		return Array.from({ length: count }, (_, i) => this.row((this.written - count + i) % this.capacity));
	}
	clear() {
		this.written = 0;
	}
	row(row) {
		return {
			key: keyOf(this.time[row], this.dst[row], this.src[row], this.seq[row]),
			cause: this.causeTime[row] < 0 ? null : keyOf(this.causeTime[row], this.causeDst[row], this.causeSrc[row], this.causeSeq[row]),
			type: this.type[row],
			kind: this.kind[row]
		};
	}
};
const keyOf = (time, dst, src, seq) => ({
	time,
	dst,
	src,
	seq
});
// engine/kernel/KeyHeap.ts
/**
* A 4-ary heap of slots by time and, where times are equal, by what `less` says of two slots. Grows by doubling; never
* shrinks.
*/
var KeyHeap = class {
	less;
	size = 0;
	time = new Float64Array(INITIAL$2);
	slot = new Int32Array(INITIAL$2);
	constructor(less) {
		this.less = less;
	}
	/** Time of the smallest; only where size > 0. */
	topTime() {
		return this.time[0];
	}
	push(time, slot) {
		if (this.size === this.time.length) this.grow();
		let hole = this.size++;
		while (hole > 0) {
			const parent = hole - 1 >> 2;
			if (!this.before(time, slot, parent)) break;
			this.time[hole] = this.time[parent];
			this.slot[hole] = this.slot[parent];
			hole = parent;
		}
		this.time[hole] = time;
		this.slot[hole] = slot;
	}
	/** Takes the smallest out; only where size > 0. */
	pop() {
		const top = this.slot[0];
		const last = --this.size;
		if (last > 0) this.sink(this.time[last], this.slot[last], last);
		return top;
	}
	/** Slots in no particular order; valid until the next push or pop. */
	slots() {
		return this.slot.subarray(0, this.size);
	}
	/** Fills the hole at the root with (time, slot), size being `last`. */
	sink(time, slot, last) {
		let hole = 0;
		for (;;) {
			const first = 4 * hole + 1;
			if (first >= last) break;
			let best = first;
			const end = first + 4 < last ? first + 4 : last;
			for (let child = first + 1; child < end; child++) if (this.before(this.time[child], this.slot[child], best)) best = child;
			if (this.before(time, slot, best)) break;
			this.time[hole] = this.time[best];
			this.slot[hole] = this.slot[best];
			hole = best;
		}
		this.time[hole] = time;
		this.slot[hole] = slot;
	}
	before(time, slot, at) {
		const other = this.time[at];
		return time < other || time === other && this.less(slot, this.slot[at]);
	}
	grow() {
		const time = new Float64Array(this.time.length * 2);
		const slot = new Int32Array(this.slot.length * 2);
		time.set(this.time);
		slot.set(this.slot);
		this.time = time;
		this.slot = slot;
	}
};
const INITIAL$2 = 256;
// engine/kernel/TimeWheel.ts
/**
* One list of slots for each whole microsecond of a span, and a bitmap of those that are not empty: hashed timing wheel of
* one-tick buckets. Source: Varghese & Lauck, "Hashed and hierarchical timing wheels", SOSP 1987, scheme 5; the bitmap
* makes the next bucket a search of two words, so buckets can be as fine as the clock and need no order inside time.
*/
var TimeWheel = class {
	count = 0;
	/** First slot of each bucket, −1 where it is empty. The lists' links belong to whoever owns the slots. */
	first = new Int32Array(WHEEL_US).fill(-1);
	bits = new Int32Array(WHEEL_US / 32);
	/** Bit k: bits[k] is not 0. */
	summary = new Int32Array(WHEEL_US / 1024);
	/** Puts `slot` at the head of the bucket of `time`; returns what was there, −1 for nothing. */
	push(time, slot) {
		const bucket = time & MASK;
		const next = this.first[bucket];
		this.first[bucket] = slot;
		this.count++;
		if (next < 0) {
			this.bits[bucket >> 5] |= 1 << (bucket & 31);
			this.summary[bucket >> 10] |= 1 << (bucket >> 5 & 31);
		}
		return next;
	}
	/** First slot of the bucket of `time`, −1 where it is empty. */
	firstAt(time) {
		return this.first[time & MASK];
	}
	/** Empties the bucket of `time`, which has `count` slots. */
	empty(time, count) {
		const bucket = time & MASK;
		this.first[bucket] = -1;
		this.count -= count;
		this.bits[bucket >> 5] &= ~(1 << (bucket & 31));
		if (this.bits[bucket >> 5] === 0) this.summary[bucket >> 10] &= ~(1 << (bucket >> 5 & 31));
	}
	/** Time of the first bucket at or after `from` that is not empty, all of them lying less than WHEEL_US after it. */
	next(from) {
		const start = from & MASK;
		const word = start >> 5;
		const rest = this.bits[word] & -1 << (start & 31);
		return from + ((rest !== 0 ? (word << 5) + lowestBit(rest) : this.nextWord(word)) - start & MASK);
	}
	/** First bucket of the next word after `word`, going round, that is not empty; it may be `word` itself. */
	nextWord(word) {
		const { summary } = this;
		const after = word + 1;
		let at = (after >> 5) % summary.length;
		let rest = summary[at] & -1 << (after & 31);
		while (rest === 0) {
			at = (at + 1) % summary.length;
			rest = summary[at];
		}
		const found = (at << 5) + lowestBit(rest);
		return (found << 5) + lowestBit(this.bits[found]);
	}
	clear() {
		this.count = 0;
		this.first.fill(-1);
		this.bits.fill(0);
		this.summary.fill(0);
	}
};
/** A quarter of a second: longer than links, think times and most timers last, and 1 MB. */
const WHEEL_US = 1 << 18;
const MASK = 262143;
const lowestBit = (word) => 31 - Math.clz32(word & -word);
// engine/kernel/EventQueue.ts
/**
* Pending events in the order of their keys (time, dst, src, seq). A slot holds one event in 64 bytes, a cache line, and
* its payload; `pop` hands out the slot with the smallest key, the caller reads it and calls `release`. Grows by doubling;
* never shrinks.
*
* What is due soon lies in a wheel of one bucket a microsecond, the rest in a heap. When a time comes, its events are
* taken out of both and sorted; nothing is instantaneous, so none is added to them as a rule.
*
* A cause is the key of the event whose handler scheduled this one: its dst is the handler's agent.
*/
var EventQueue = class {
	size = 0;
	payload = new Array(INITIAL$1).fill(null);
	f64 = new Float64Array(INITIAL$1 * SLOT_F64);
	i32 = new Int32Array(this.f64.buffer);
	used = 0;
	/** First of the released slots, linked by NEXT; −1 where there is none. */
	free = -1;
	wheel = new TimeWheel();
	far = new KeyHeap((x, y) => this.tieLess(x, y));
	/** Every event in the wheel is due in [base, base + WHEEL_US). */
	base = 0;
	/** Least time of everything pending. */
	next = NEVER;
	/** The events of `readyTime` that are left, in order: ready[readyAt … readyEnd). */
	readyTime = 0;
	ready = /* @__PURE__ */ new Int32Array(64);
	readyAt = 0;
	readyEnd = 0;
	sortKeys = /* @__PURE__ */ new Float64Array(64);
	/** Adds an event and returns its slot; the caller goes on with `fill` and `because`. */
	push(time, dst, src, seq) {
		const slot = this.take();
		const at = slot * SLOT_I32;
		this.f64[slot * SLOT_F64 + TIME] = time;
		this.i32[at + DST] = dst;
		this.i32[at + SRC] = src;
		this.i32[at + SEQ] = seq;
		if (time <= this.readyTime && this.readyAt < this.readyEnd) this.unready();
		this.place(time, slot);
		this.size++;
		return slot;
	}
	/** `a` and `b`: two small numbers whose meaning the type gives. */
	fill(slot, type, a, b, payload) {
		const at = slot * SLOT_I32;
		this.i32[at + TYPE] = type;
		this.i32[at + A] = a;
		this.i32[at + B] = b;
		this.payload[slot] = payload;
	}
	/** Sets the cause. */
	because(slot, time, dst, src, seq) {
		const at = slot * SLOT_I32;
		this.f64[slot * SLOT_F64 + CAUSE_TIME] = time;
		this.i32[at + CAUSE_DST] = dst;
		this.i32[at + CAUSE_SRC] = src;
		this.i32[at + CAUSE_SEQ] = seq;
	}
	time(slot) {
		return this.f64[slot * SLOT_F64 + TIME];
	}
	dst(slot) {
		return this.i32[slot * SLOT_I32 + DST];
	}
	src(slot) {
		return this.i32[slot * SLOT_I32 + SRC];
	}
	seq(slot) {
		return this.i32[slot * SLOT_I32 + SEQ] >>> 0;
	}
	type(slot) {
		return this.i32[slot * SLOT_I32 + TYPE];
	}
	a(slot) {
		return this.i32[slot * SLOT_I32 + A];
	}
	b(slot) {
		return this.i32[slot * SLOT_I32 + B] >>> 0;
	}
	causeTime(slot) {
		return this.f64[slot * SLOT_F64 + CAUSE_TIME];
	}
	causeDst(slot) {
		return this.i32[slot * SLOT_I32 + CAUSE_DST];
	}
	causeSrc(slot) {
		return this.i32[slot * SLOT_I32 + CAUSE_SRC];
	}
	causeSeq(slot) {
		return this.i32[slot * SLOT_I32 + CAUSE_SEQ] >>> 0;
	}
	nextTime() {
		return this.next;
	}
	/** Slot of the smallest key, taken out of the order; −1 when empty. `release` it after use. */
	pop() {
		if (this.size === 0) return -1;
		if (this.readyAt === this.readyEnd) this.gather();
		const slot = this.ready[this.readyAt++];
		this.size--;
		if (this.readyAt === this.readyEnd) this.next = this.earliest();
		return slot;
	}
	release(slot) {
		this.payload[slot] = null;
		this.i32[slot * SLOT_I32 + NEXT] = this.free;
		this.free = slot;
	}
	/** Slots of everything pending, in no particular order. */
	slots() {
		const found = new Int32Array(this.size);
		let count = 0;
		for (let at = this.readyAt; at < this.readyEnd; at++) found[count++] = this.ready[at];
		for (const slot of this.far.slots()) found[count++] = slot;
		for (let left = this.wheel.count, time = this.base; left > 0; time++) {
			time = this.wheel.next(time);
			for (let slot = this.wheel.firstAt(time); slot >= 0; slot = this.i32[slot * SLOT_I32 + NEXT]) {
				found[count++] = slot;
				left--;
			}
		}
		return found;
	}
	/** Slots of everything pending, in key order. */
	sortedSlots() {
		return this.slots().sort((x, y) => this.time(x) - this.time(y) || (this.tieLess(x, y) ? -1 : 1));
	}
	/** Takes the pending events in `slots` out of the order and releases them. O(pending). */
	remove(slots) {
		const gone = new Set(slots);
		const kept = this.slots().filter((slot) => !gone.has(slot));
		this.forgetOrder();
		this.size = kept.length;
		for (const slot of kept) this.place(this.time(slot), slot);
		for (const slot of slots) this.release(slot);
	}
	clear() {
		this.forgetOrder();
		this.size = 0;
		this.used = 0;
		this.free = -1;
		this.base = 0;
		this.payload.fill(null);
	}
	forgetOrder() {
		this.wheel.clear();
		this.far.size = 0;
		this.readyAt = this.readyEnd = 0;
		this.next = NEVER;
	}
	take() {
		const slot = this.free;
		if (slot >= 0) {
			this.free = this.i32[slot * SLOT_I32 + NEXT];
			return slot;
		}
		if (this.used === this.payload.length) this.grow();
		return this.used++;
	}
	place(time, slot) {
		const ahead = time - this.base;
		if (ahead >= 0 && ahead < 262144) this.i32[slot * SLOT_I32 + NEXT] = this.wheel.push(time, slot);
		else this.far.push(time, slot);
		if (time < this.next) this.next = time;
	}
	earliest() {
		const far = this.far.size > 0 ? this.far.topTime() : NEVER;
		return this.wheel.count > 0 ? Math.min(far, this.wheel.next(this.base)) : far;
	}
	/** Makes everything of the next time ready, in order. */
	gather() {
		const time = this.next;
		let count = 0;
		const ahead = time - this.base;
		if (ahead >= 0 && ahead < 262144) {
			for (let slot = this.wheel.firstAt(time); slot >= 0; slot = this.i32[slot * SLOT_I32 + NEXT]) {
				if (count === this.ready.length) this.growReady();
				this.ready[count++] = slot;
			}
			if (count > 0) this.wheel.empty(time, count);
		}
		while (this.far.size > 0 && this.far.topTime() === time) {
			if (count === this.ready.length) this.growReady();
			this.ready[count++] = this.far.pop();
		}
		if (ahead > 0) this.base = time;
		this.readyTime = time;
		this.readyAt = 0;
		this.readyEnd = count;
		if (count > 1) this.sortReady(0, count, DST);
	}
	/** Something came that is due no later than what is ready: back into the order with that. */
	unready() {
		for (let at = this.readyAt; at < this.readyEnd; at++) this.place(this.readyTime, this.ready[at]);
		this.readyAt = this.readyEnd = 0;
	}
	/** Sorts ready[from … to), which agree in the words before `word`. Insertion where that is quick. */
	sortReady(from, to, word) {
		const { ready, i32, sortKeys } = this;
		if (to - from > INSERTION_MAX && word <= SEQ && this.used <= SLOTS_SORTED_MAX) {
			for (let i = from; i < to; i++) {
				const value = i32[ready[i] * SLOT_I32 + word];
				sortKeys[i] = (word === SEQ ? value >>> 0 : value) * SLOTS_SORTED_MAX + ready[i];
			}
			sortKeys.subarray(from, to).sort();
			for (let i = from; i < to; i++) ready[i] = sortKeys[i] & SLOTS_SORTED_MAX - 1;
			this.sortRuns(from, to, word);
			return;
		}
		for (let i = from + 1; i < to; i++) {
			const slot = ready[i];
			let hole = i;
			for (; hole > from && this.tieLess(slot, ready[hole - 1]); hole--) ready[hole] = ready[hole - 1];
			ready[hole] = slot;
		}
	}
	/** Sorts each run of equal `word` in ready[from … to) by the words after it. */
	sortRuns(from, to, word) {
		const { ready, i32 } = this;
		const value = (at) => i32[ready[at] * SLOT_I32 + word];
		for (let start = from; start < to;) {
			let end = start + 1;
			while (end < to && value(end) === value(start)) end++;
			if (end - start > 1) this.sortReady(start, end, word + 1);
			start = end;
		}
	}
	/** Whether x comes before y, both of one time. */
	tieLess(x, y) {
		const { i32 } = this;
		const dst = i32[x * SLOT_I32 + DST] - i32[y * SLOT_I32 + DST];
		if (dst !== 0) return dst < 0;
		const src = i32[x * SLOT_I32 + SRC] - i32[y * SLOT_I32 + SRC];
		return src !== 0 ? src < 0 : i32[x * SLOT_I32 + SEQ] >>> 0 < i32[y * SLOT_I32 + SEQ] >>> 0;
	}
	grow() {
		const f64 = new Float64Array(this.f64.length * 2);
		f64.set(this.f64);
		this.f64 = f64;
		this.i32 = new Int32Array(f64.buffer);
		for (let size = this.payload.length; size > 0; size--) this.payload.push(null);
	}
	growReady() {
		const ready = new Int32Array(this.ready.length * 2);
		ready.set(this.ready);
		this.ready = ready;
		this.sortKeys = new Float64Array(ready.length);
	}
};
const INITIAL$1 = 1024;
/** Fewer than this are sorted by insertion. */
const INSERTION_MAX = 12;
/** A word of 32 bits and a slot below this fit one f64 exactly. */
const SLOTS_SORTED_MAX = 1 << 21;
const SLOT_F64 = 8;
const SLOT_I32 = 16;
const TIME = 0;
const CAUSE_TIME = 1;
const DST = 4;
const SRC = 5;
const SEQ = 6;
const TYPE = 7;
const A = 8;
const B = 9;
const CAUSE_DST = 10;
const CAUSE_SRC = 11;
const CAUSE_SEQ = 12;
const NEXT = 13;
// engine/net/PacketTable.ts
/**
* The packets in flight to one shard, without their messages, by the slot of the event that will deliver each: flat rows,
* because as objects they outlive the young generation only to die soon after, and cost more than their events.
*/
var PacketTable = class {
	f64 = new Float64Array(INITIAL * ROW_F64);
	i32 = new Int32Array(this.f64.buffer);
	/** Fills the row of `slot`. */
	put(slot, packet) {
		if ((slot + 1) * ROW_F64 > this.f64.length) this.grow(slot);
		const { f64, i32 } = this;
		const at = slot * ROW_I32;
		f64[slot * ROW_F64 + SENT] = packet.sentUs;
		f64[slot * ROW_F64 + LEFT] = packet.leftUs;
		i32[at + FROM] = packet.from;
		i32[at + TO] = packet.to;
		i32[at + VIA] = packet.via;
		i32[at + KIND] = packet.kind;
		i32[at + PROGRAM] = packet.program;
		i32[at + HOPS] = packet.hops;
	}
	/** The packet of `slot` around `msg`, its message: a new object. */
	get(slot, msg) {
		const { f64, i32 } = this;
		const at = slot * ROW_I32;
		return {
			program: i32[at + PROGRAM],
			hops: i32[at + HOPS],
			kind: i32[at + KIND],
			from: i32[at + FROM],
			to: i32[at + TO],
			via: i32[at + VIA],
			sentUs: f64[slot * ROW_F64 + SENT],
			leftUs: f64[slot * ROW_F64 + LEFT],
			msg
		};
	}
	grow(slot) {
		let rows = this.f64.length / ROW_F64;
		while (rows <= slot) rows *= 2;
		const f64 = new Float64Array(rows * ROW_F64);
		f64.set(this.f64);
		this.f64 = f64;
		this.i32 = new Int32Array(f64.buffer);
	}
};
const INITIAL = 1024;
const ROW_F64 = 5;
const ROW_I32 = 10;
const SENT = 0;
const LEFT = 1;
const FROM = 4;
const TO = 5;
const VIA = 6;
const KIND = 7;
const PROGRAM = 8;
const HOPS = 9;
// engine/PendingEvents.ts
/** The queue of one shard with the packets that its arrivals bring. Payload of an arrival in the queue: the message. */
var PendingEvents = class {
	queue = new EventQueue();
	packets = new PacketTable();
	/** Adds an event and returns its slot; the caller sets the cause. The payload of an arrival is its packet. */
	push(due, dst, src, seq, type, a, b, payload) {
		const { queue } = this;
		const slot = queue.push(due, dst, src, seq);
		if (type === EVENT.arrive) {
			const packet = payload;
			queue.fill(slot, type, a, b, packet.msg);
			this.packets.put(slot, packet);
		} else queue.fill(slot, type, a, b, payload);
		return slot;
	}
	/** Adds an event that was made elsewhere: by another shard, the environment or a checkpoint. */
	accept({ time, dst, src, seq, type, a, b, payload, cause }) {
		const slot = this.push(time, dst, src, seq, type, a, b, payload);
		this.queue.because(slot, cause[0], cause[1], cause[2], cause[3]);
	}
	/** What an event brings along; of an arrival, its packet, as a new object. */
	payload(slot) {
		const { queue } = this;
		return queue.type(slot) === EVENT.arrive ? this.packets.get(slot, queue.payload[slot]) : queue.payload[slot];
	}
	/** One pending event as a plain row; its payload is shared. */
	row(slot) {
		const { queue } = this;
		return {
			time: queue.time(slot),
			dst: queue.dst(slot),
			src: queue.src(slot),
			seq: queue.seq(slot),
			type: queue.type(slot),
			a: queue.a(slot),
			b: queue.b(slot),
			payload: this.payload(slot),
			cause: [
				queue.causeTime(slot),
				queue.causeDst(slot),
				queue.causeSrc(slot),
				queue.causeSeq(slot)
			]
		};
	}
	/** Everything pending, in no particular order. */
	rows() {
		return Array.from(this.queue.slots(), (slot) => this.row(slot));
	}
};
// engine/Sender.ts
/** Local delivery between programs of one agent; nothing is instantaneous. */
const LOCAL_US = 1;
/** The sending side of a shard: makes packets, asks the topology for the next hop and hands them to the network. */
var Sender = class {
	shard;
	writer = new ByteWriter(4096);
	constructor(shard) {
		this.shard = shard;
	}
	send(agent, program, to, msg) {
		const { shard } = this;
		const { now } = shard;
		shard.stats.sent(now);
		const packet = {
			program,
			hops: 1,
			kind: shard.plan.kindIndex(program, msg),
			from: agent.id,
			to,
			via: agent.id,
			sentUs: now,
			leftUs: now,
			msg: this.sealed(program, msg)
		};
		if (to === agent.id) shard.schedule(agent, now + LOCAL_US, EVENT.arrive, 0, 0, packet);
		else this.forward(packet, shard.topology.nextHop(agent.id, to));
	}
	/** One copy to each agent that the topology names next. */
	broadcast(agent, program, msg) {
		const { shard } = this;
		const { now } = shard;
		const kind = shard.plan.kindIndex(program, msg);
		const sent = this.sealed(program, msg);
		const packet = {
			program,
			hops: 1,
			kind,
			from: agent.id,
			to: -3,
			via: agent.id,
			sentUs: now,
			leftUs: now,
			msg: sent
		};
		for (const next of shard.topology.spread(agent.id, agent.id)) {
			shard.stats.sent(now);
			this.forward(packet, next);
		}
	}
	/** Passes on what is not, or not only, for this agent. */
	relay(agent, relayed) {
		const { topology, now } = this.shard;
		const packet = relayed;
		const onward = {
			...packet,
			via: agent.id,
			leftUs: now,
			hops: packet.hops + 1
		};
		if (packet.to !== -3) this.forward(onward, topology.nextHop(agent.id, packet.to));
		else for (const next of topology.spread(agent.id, packet.from)) this.forward(onward, next);
	}
	forward(packet, next) {
		const { shard } = this;
		shard.stats.transmitted(shard.now);
		if (next >= 0) shard.network.transmit(packet, next, this);
		else shard.died(packet, FATE.unheard);
	}
	arrive(packet, dst, due) {
		const { shard } = this;
		const seq = shard.agents.get(packet.via).seq++;
		shard.push(due, dst, packet.via, seq, EVENT.arrive, 0, 0, packet);
		return seq;
	}
	flight(packet, dst, due, fate, seq) {
		const { shard } = this;
		if (fate === FATE.lost || fate === FATE.blocked) shard.stats.lost(shard.now);
		if (shard.options.flights !== void 0) shard.flights.add(packet.leftUs, due, packet.via, dst, packet.kind, fate, seq);
	}
	/** The message as its receiver may see it: through its byte layout and back, frozen, or as it is. */
	sealed(program, msg) {
		const { codecAlways, freeze } = this.shard.options;
		if (codecAlways === true) {
			const layout = this.shard.plan.programs[program].messages;
			this.writer.at = 0;
			layout.write(this.writer, msg);
			return layout.read(new ByteReader(this.writer.bytes.subarray(0, this.writer.at)));
		}
		return freeze === true ? deepFreeze(msg) : msg;
	}
};
function deepFreeze(value) {
	if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
		Object.freeze(value);
		for (const key in value) deepFreeze(value[key]);
	}
	return value;
}
// engine/shardActions.ts
/** One shard's part of one action of a cut. `before` is the topology as it was. Mutates the shard. */
function applyAction(shard, action, before) {
	switch (action.what) {
		case "mark":
			if (shard.options.index === 0) shard.hostMark(-1, action.seq, action.body);
			return;
		case "discover": return discover(shard, action.seq, before);
		case "dropMessage":
		case "duplicateMessage":
		case "delayMessage": return inFlight(shard, action);
	}
	if (!shard.owns(action.agent)) return;
	if (action.what === "join") {
		shard.addAgent(action.agent, shard.now + 1, action.seq);
		shard.hostMark(action.agent, action.seq, { kind: "joined" });
		return;
	}
	const agent = shard.agents.get(action.agent);
	const { host } = shard;
	switch (action.what) {
		case "crash":
			host.crash(agent);
			return shard.hostMark(agent.id, action.seq, { kind: "crashed" });
		case "restart":
			host.restart(agent);
			shard.fromOutside(shard.now + 1, agent.id, action.seq, EVENT.start, 0, agent.incarnation, null);
			return shard.hostMark(agent.id, action.seq, { kind: "restarted" });
		case "pause":
			host.pause(agent);
			return shard.hostMark(agent.id, action.seq, { kind: "paused" });
		case "resume":
			host.resume(agent);
			return shard.hostMark(agent.id, action.seq, { kind: "resumed" });
		case "slow":
			agent.slowFactor = action.factor;
			return shard.hostMark(agent.id, action.seq, {
				kind: "slowed",
				factor: action.factor
			});
		case "leave":
			host.crash(agent);
			shard.agents.delete(agent.id);
			return shard.hostMark(agent.id, action.seq, { kind: "left" });
		case "clientOp": {
			const program = shard.plan.scenario.programs.findIndex((p) => p.kind === action.program);
			shard.fromOutside(shard.now + 1, agent.id, action.seq, EVENT.clientOp, program, 0, action.op);
			return shard.hostMark(agent.id, action.seq, {
				kind: "asked",
				program: action.program
			});
		}
	}
}
/** Lists of neighbours longer than this are not compared: in a mesh everybody is a neighbour and nobody's place changes. */
const COMPARED_NEIGHBOURS = 64;
/** Tells the agents whose surroundings changed; they hear it 1 µs later. */
function discover(shard, seq, before) {
	for (const { id } of shard.agents.values()) {
		if (shard.topology.degree(id) > COMPARED_NEIGHBOURS) continue;
		const now = shard.topology.surroundings(id);
		if (same(now, before.surroundings(id))) continue;
		shard.fromOutside(shard.now + 1, id, seq, EVENT.discovery, 0, 0, now);
	}
}
const same = (a, b) => a.parent === b.parent && a.group === b.group && equal(a.children, b.children) && equal(a.neighbours, b.neighbours);
const equal = (a, b) => a.length === b.length && a.every((id, i) => id === b[i]);
/** Drops, copies or delays the one transmission named (src, txSeq), where it is still in flight in this shard. */
function inFlight(shard, action) {
	const { queue } = shard;
	for (const slot of queue.slots()) {
		if (queue.seq(slot) !== action.txSeq || queue.src(slot) !== action.src || queue.type(slot) !== EVENT.arrive) continue;
		const row = shard.row(slot);
		const packet = row.payload;
		const due = row.time + (action.what === "delayMessage" ? action.us : action.what === "duplicateMessage" ? 1 : 0);
		if (action.what !== "duplicateMessage") queue.remove([slot]);
		if (action.what !== "dropMessage") shard.accept({
			...row,
			time: due,
			src: -1,
			seq: action.seq
		});
		const fate = {
			dropMessage: FATE.dropped,
			duplicateMessage: FATE.duplicated,
			delayMessage: FATE.delayed
		}[action.what];
		const ends = action.what === "dropMessage" ? shard.now : due;
		shard.flights.add(packet.leftUs, ends, packet.via, row.dst, packet.kind, fate, action.seq, -1);
		const body = {
			kind: "caught",
			op: action.what,
			from: packet.from,
			to: packet.to,
			message: packet.kind
		};
		shard.hostMark(row.dst, action.seq, body);
		return;
	}
}
// engine/shardDigest.ts
/** Adds a mark to `sum`. */
function digestMark(hasher, mark, sum) {
	const { key } = mark;
	hasher.begin(TAG_MARK);
	hasher.number(key.time);
	hasher.word(key.dst);
	hasher.word(key.src);
	hasher.word(key.seq);
	hasher.word(mark.index);
	hasher.word(mark.agent);
	hasher.text(mark.program);
	hasher.plain(mark.body);
	hasher.end(sum);
}
/** Adds a shard's agents, pending events and links at a cut to `sum`: never heaps, rings or windows. */
function digestState(hasher, { agents, events, network }, sum) {
	for (const agent of agents.values()) {
		hasher.begin(TAG_AGENT);
		hasher.plain(agent);
		hasher.end(sum);
	}
	for (const slot of events.queue.slots()) {
		hasher.begin(TAG_EVENT);
		hasher.plain(events.row(slot));
		hasher.end(sum);
	}
	network.links.digest(sum, hasher);
}
const TAG_MARK = 33;
const TAG_AGENT = 34;
const TAG_EVENT = 35;
// engine/Stats.ts
/** Virtual time of one bucket of the charts' series. */
const BUCKET_US = 5e4;
/** What one shard counts about itself. Never read by a program, a check or the digest; kept in checkpoints. */
var Stats = class {
	events = 0;
	messages = 0;
	transmissions = 0;
	deliveries = 0;
	losses = 0;
	linkUs = 0;
	inboxUs = 0;
	/** Series by bucket index; only the tail from `first` on. */
	first = 0;
	buckets = [];
	/** Virtual latency of arrivals (send to arrival over all hops), by powers of two and eighths. */
	latency = /* @__PURE__ */ new Uint32Array(512);
	handled(now) {
		this.events++;
		this.bucket(now).events++;
	}
	sent(now) {
		this.messages++;
		this.bucket(now).sent++;
	}
	transmitted(_now) {
		this.transmissions++;
	}
	arrived(packet, now) {
		this.deliveries++;
		this.linkUs += now - packet.leftUs;
		this.bucket(now).delivered++;
		this.latency[latencyClass(now - packet.sentUs)]++;
	}
	lost(now) {
		this.losses++;
		this.bucket(now).lost++;
	}
	waited(us) {
		this.inboxUs += us;
	}
	/** A copy of one bucket; zeros where nothing happened. */
	bucketAt(index) {
		return { ...this.buckets[index - this.first] ?? {
			events: 0,
			sent: 0,
			delivered: 0,
			lost: 0
		} };
	}
	bucket(now) {
		const index = Math.floor(now / BUCKET_US) - this.first;
		const { buckets } = this;
		while (buckets.length <= index) buckets.push({
			events: 0,
			sent: 0,
			delivered: 0,
			lost: 0
		});
		return buckets[index];
	}
	/** A copy as plain data, for checkpoints. */
	save() {
		return {
			events: this.events,
			messages: this.messages,
			transmissions: this.transmissions,
			deliveries: this.deliveries,
			losses: this.losses,
			linkUs: this.linkUs,
			inboxUs: this.inboxUs,
			last: this.buckets.length === 0 ? null : { ...this.buckets.at(-1) },
			index: this.first + this.buckets.length - 1,
			latency: this.latency.slice()
		};
	}
	load(state) {
		this.events = state.events;
		this.messages = state.messages;
		this.transmissions = state.transmissions;
		this.deliveries = state.deliveries;
		this.losses = state.losses;
		this.linkUs = state.linkUs;
		this.inboxUs = state.inboxUs;
		this.buckets = state.last === null ? [] : [{ ...state.last }];
		this.first = state.last === null ? 0 : state.index;
		this.latency = state.latency.slice();
	}
};
/** Class of a latency: eight classes to each doubling, so that a quantile is true to 9 %. */
function latencyClass(us) {
	if (us < 8) return us < 0 ? 0 : Math.floor(us);
	const exponent = Math.min(60, 31 - Math.clz32(Math.min(us, 2147483647)));
	const eighth = Math.floor(us / (1 << exponent - 3)) & 7;
	return Math.min(511, (exponent - 2) * 8 + eighth);
}
// engine/Shard.ts
const NO_CAUSE = -1;
/**
* A range of agents with their pending events, links and marks: the unit that one worker runs. Between shards pass only
* events (through `outbound`), and what `nextEventTime`, `leads` and the digests say at barriers.
*/
var Shard = class {
	plan;
	world;
	options;
	events = new PendingEvents();
	queue = this.events.queue;
	agents;
	host;
	network;
	flights;
	history;
	stats = new Stats();
	trace;
	topology;
	/** Marks since they were last taken, in the order of this shard's handling. */
	marks = [];
	markSum = emptySum();
	/** Hands an event to another shard; the driver sets it. */
	outbound = () => assert(false, "a shard with company has a way out");
	now = 0;
	dst = -1;
	src = -1;
	seq = 0;
	cause = [
		NO_CAUSE,
		0,
		0,
		0
	];
	markIndex = 0;
	markKey = null;
	hasher = new Hasher();
	sender = new Sender(this);
	constructor(plan, world, options) {
		this.plan = plan;
		this.world = world;
		this.options = options;
		const { scenario, programs } = plan;
		this.agents = new AgentTable(plan.capacity);
		this.topology = plan.topology(world.state);
		this.flights = new FlightLog(Math.max(1, options.flights ?? 0));
		this.history = new History(Math.max(1, options.history ?? 0));
		this.network = new Network(scenario.seed, scenario.network, plan.latency, this.topology);
		this.network.rules = world.state.rules;
		this.trace = options.trace === void 0 ? null : (agent, event) => options.trace(agent, event, this.key());
		this.host = new AgentHost({
			seed: scenario.seed,
			programs,
			serviceUs: scenario.swarm.serviceUs,
			inboxMax: scenario.swarm.inboxMax,
			fsyncUs: plan.fsyncUs,
			tornWrites: scenario.disk.tornWrites,
			contextOf: (agent, program) => plan.contextOf(agent, program, this.topology)
		}, this);
		for (let id = 0; id < scenario.swarm.agents; id++) if (this.owns(id)) this.addAgent(id, 0, 0);
	}
	owns(id) {
		return this.plan.shardOf(id) === this.options.index;
	}
	/** Creates the agent and schedules its start. */
	addAgent(id, at, seq) {
		const programs = this.plan.programsOf(this.world.state.registry.programs[id]);
		this.agents.set(id, this.host.create(id, programs));
		this.fromOutside(at, id, seq, EVENT.start, 0, 0, null);
	}
	/** An event whose source is the environment. */
	fromOutside(due, dst, seq, type, a, b, payload) {
		const row = {
			time: due,
			dst,
			src: -1,
			seq,
			type,
			a,
			b,
			payload,
			cause: [
				NO_CAUSE,
				0,
				0,
				0
			]
		};
		this.accept(row);
	}
	nextEventTime() {
		return this.queue.nextTime();
	}
	/**
	* Handles every own event with time < `end`, in key order. Returns the time up to which all is done: `end`, or sooner
	* where about `limit` events were handled first; never between two events of one time.
	*/
	runWindow(end, limit) {
		const { queue } = this;
		let count = 0;
		while (queue.nextTime() < end) {
			if (++count > limit && queue.nextTime() > this.now) return this.now + 1;
			this.handle(queue.pop());
		}
		return end;
	}
	handle(slot) {
		const { queue, network, stats } = this;
		const now = this.now = queue.time(slot);
		const dst = this.dst = queue.dst(slot);
		this.src = queue.src(slot);
		this.seq = queue.seq(slot);
		this.markIndex = 0;
		this.markKey = null;
		const type = queue.type(slot);
		const a = queue.a(slot);
		const b = queue.b(slot);
		const payload = this.events.payload(slot);
		const watched = this.options.history !== void 0;
		if (watched) this.readCause(slot);
		queue.release(slot);
		const packet = type === EVENT.arrive ? payload : null;
		if (packet !== null && network.rules.length > 0 && blocks(network.rules, packet.via, dst, packet.kind)) return this.died(packet, FATE.blocked);
		const agent = this.agents.get(dst);
		if (agent === void 0 || !this.host.handle(agent, type, a, b, payload, this.seq)) {
			if (packet !== null) this.died(packet, FATE.unheard);
			return;
		}
		stats.handled(now);
		if (packet !== null) stats.arrived(packet, now);
		if (watched) this.remember(type, packet === null ? -1 : packet.kind);
	}
	readCause(slot) {
		const { queue, cause } = this;
		cause[0] = queue.causeTime(slot);
		cause[1] = queue.causeDst(slot);
		cause[2] = queue.causeSrc(slot);
		cause[3] = queue.causeSeq(slot);
	}
	remember(type, kind) {
		const { cause } = this;
		this.history.add(this.now, this.dst, this.src, this.seq, cause[0], cause[1], cause[2], cause[3], type, kind);
	}
	/** A packet that nobody will handle. */
	died(packet, fate) {
		this.stats.lost(this.now);
		if (this.options.flights !== void 0) this.flights.add(packet.leftUs, this.now, packet.via, this.dst, packet.kind, fate, this.seq);
	}
	/** What the cut at `t` does: tables first, then this shard's part of every action, in log order. */
	cut(t, leads) {
		this.now = t;
		this.dst = this.src = -1;
		this.seq = 0;
		const version = this.world.state.topologyVersion;
		const before = this.topology;
		const actions = this.world.apply(t, leads);
		this.network.rules = this.world.state.rules;
		if (this.world.state.topologyVersion !== version) {
			this.topology = this.plan.topology(this.world.state);
			this.network.weights = this.topology;
		}
		for (const action of actions) applyAction(this, action, before);
	}
	schedule(agent, due, type, a, b, payload) {
		const seq = agent.seq++;
		this.push(due, agent.id, agent.id, seq, type, a, b, payload);
		return seq;
	}
	send(agent, program, to, msg) {
		this.sender.send(agent, program, to, msg);
	}
	broadcast(agent, program, msg) {
		this.sender.broadcast(agent, program, msg);
	}
	relay(agent, packet) {
		this.sender.relay(agent, packet);
	}
	mark(agent, program, body) {
		this.markKey ??= this.key();
		this.pushMark({
			key: this.markKey,
			index: this.markIndex++,
			agent,
			program,
			body
		});
	}
	/** A mark of the host at a cut, named by the environment's event number. */
	hostMark(agent, seq, body) {
		this.pushMark({
			key: {
				time: this.now,
				dst: agent,
				src: -1,
				seq
			},
			index: 0,
			agent,
			program: "host",
			body
		});
	}
	pushMark(mark) {
		this.marks.push(mark);
		digestMark(this.hasher, mark, this.markSum);
	}
	becauseOf(cause) {
		this.cause[0] = cause[0];
		this.cause[1] = cause[1];
		this.cause[2] = cause[2];
		this.cause[3] = cause[3];
	}
	waited(us) {
		this.stats.waited(us);
	}
	keyWords() {
		return [
			this.now,
			this.dst,
			this.src,
			this.seq
		];
	}
	key() {
		return {
			time: this.now,
			dst: this.dst,
			src: this.src,
			seq: this.seq
		};
	}
	/** Schedules an event caused by the one being handled, here or in the shard that owns `dst`. */
	push(due, dst, src, seq, type, a, b, payload) {
		const shard = this.plan.shardOf(dst);
		if (shard !== this.options.index) {
			this.outbound(shard, {
				time: due,
				dst,
				src,
				seq,
				type,
				a,
				b,
				payload,
				cause: this.keyWords()
			});
			return;
		}
		const slot = this.events.push(due, dst, src, seq, type, a, b, payload);
		this.queue.because(slot, this.now, this.dst, this.src, this.seq);
	}
	/** Takes an event that was made elsewhere: by another shard, the environment or a checkpoint. */
	accept(row) {
		this.events.accept(row);
	}
	encode(row, out) {
		writeEvent(out, row, this.plan.programs);
	}
	decode(from) {
		return readEvent(from, this.plan.programs);
	}
	/** Everything pending, as rows in no particular order. */
	pending() {
		return this.events.rows();
	}
	row(slot) {
		return this.events.row(slot);
	}
	/** This shard's part of the digest at a cut. */
	digest() {
		const sum = { ...this.markSum };
		digestState(this.hasher, this, sum);
		return sum;
	}
	/** Best candidates of this shard for 'leader' and 'follower' at a cut: (term, id) and id; −1 where none. */
	leads() {
		let term = -1;
		let leader = -1;
		let follower = -1;
		for (const agent of this.agents.values()) {
			if (agent.status !== STATUS_CODE.up) continue;
			const { id } = agent;
			const view = this.plan.viewOf(agent);
			if (view.role === this.plan.roles.leader && (view.term > term || view.term === term && id < leader)) {
				term = view.term;
				leader = id;
			}
			if (view.role === this.plan.roles.follower && (follower === -1 || id < follower)) follower = id;
		}
		return {
			term,
			leader,
			follower
		};
	}
	isIdle() {
		return this.queue.nextTime() === NEVER;
	}
};
/** The shared tables of a run that has not begun. */
function makeWorld(plan) {
	const kindOf = (word) => {
		const index = plan.messageKinds.indexOf(word);
		return index < 0 ? -2 : index;
	};
	return new World(plan.scenario, plan.capacity, plan.groupOf, plan.placement, kindOf);
}
// engine/LocalRun.ts
/**
* The engine on one thread. With several shards it holds the meetings in turn, and so shows without workers that the
* result does not depend on how many there are.
*/
var LocalRun = class {
	plan;
	shards;
	drivers;
	mail;
	constructor(scenario, options = {}) {
		const count = options.shards ?? 1;
		this.plan = makePlan(scenario, count);
		this.mail = Array.from({ length: count }, () => []);
		this.shards = Array.from({ length: count }, (_, index) => {
			const world = makeWorld(this.plan);
			world.setLog(scenario.faults);
			return new Shard(this.plan, world, {
				...options,
				index,
				shards: count
			});
		});
		this.drivers = this.shards.map((shard, index) => new Driver(shard, this.connect(shard, index)));
	}
	get clock() {
		return this.drivers[0].clock;
	}
	/** Runs to the cut at `until`: every event before it, no command at it. False where `stop` said so first. */
	runTo(until, stop = never) {
		const meetings = this.drivers.map((driver) => driver.advance(until, stop));
		let answers = meetings.map((meeting) => meeting.next());
		while (answers[0].done !== true) {
			const lanes = answers.map((answer) => answer.value);
			const all = (shard, lane) => lanes[shard][lane];
			answers = meetings.map((meeting) => meeting.next(all));
		}
		return answers[0].value;
	}
	/** Runs to the cut just after the next event or command. False where nothing is left to happen. */
	step() {
		const next = this.nextTime();
		if (next >= NEVER) return false;
		this.runTo(next + 1);
		return true;
	}
	/** Time of the next event or command. */
	nextTime() {
		const events = this.shards.map((s) => s.nextEventTime());
		return Math.min(this.shards[0].world.nextAt(this.clock, true), ...events);
	}
	setLog(log) {
		for (const shard of this.shards) shard.world.setLog(log);
	}
	/** The digest at the present cut. */
	digest() {
		return total(this.shards.map((shard) => shard.digest()));
	}
	digestText() {
		return digestText(this.digest());
	}
	/** The digest points passed so far. */
	digestPoints() {
		return this.drivers[0].digests.map((point, i) => ({
			timeUs: point.timeUs,
			digest: digestText(total(this.drivers.map((driver) => driver.digests[i].sum)))
		}));
	}
	/** Marks since the last call, in the total order. */
	takeMarks() {
		const marks = this.shards.flatMap((shard) => shard.marks);
		for (const shard of this.shards) shard.marks = [];
		return sortMarks(marks);
	}
	snapshot() {
		return this.drivers.map((driver) => driver.snapshot());
	}
	/** Goes back (or on) to a snapshot, taken on any layout. */
	restore(parts) {
		const same = parts.length === this.drivers.length;
		this.drivers.forEach((driver, i) => driver.restore(same ? [parts[i]] : parts, same ? parts[i] : null));
	}
	connect(shard, index) {
		shard.outbound = (to, row) => {
			const out = new ByteWriter(256);
			shard.encode(row, out);
			this.mail[to].push(out.bytes.subarray(0, out.at));
		};
		const drain = () => {
			for (const bytes of this.mail[index]) shard.accept(shard.decode(new ByteReader(bytes)));
			this.mail[index].length = 0;
			return 0;
		};
		return {
			flush: () => {},
			drain
		};
	}
};
const never = () => false;
function total(sums) {
	const all = emptySum();
	for (const sum of sums) addSum(all, sum.low, sum.high);
	return all;
}
/** Sorts into the total order of marks. Mutates and returns `marks`. */
const sortMarks = (marks) => marks.sort((x, y) => compareKeys(x.key, y.key) || x.index - y.index);
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	if (!config$1 && true) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? void 0,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? void 0,
		abortPipeEarly: config$1?.abortPipeEarly ?? void 0
	};
}
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? (context.reference, issue.lang, void 0) ?? (isSchema ? (issue.lang, void 0) : null) ?? config$1.message ?? (issue.lang, void 0);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}
/**
* Compares two values using the SameValueZero algorithm, which treats `NaN`
* as equal to itself unlike `===`.
*
* @param value1 The first value.
* @param value2 The second value.
*
* @returns Whether the values are equal.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}
/* @__NO_SIDE_EFFECTS__ */
function check$2(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check$2,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}
const ABORT_EARLY_CONFIG = { abortEarly: true };
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function custom(check$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "custom",
		reference: custom,
		expects: "unknown",
		async: false,
		check: check$1,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.check(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function exactOptional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "exact_optional",
		reference: exactOptional,
		expects: wrapped.expects,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: /* @__PURE__ */ _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function variant(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, /* @__PURE__ */ new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}
// engine/kernel/result.ts
const ok = (value) => ({
	ok: true,
	value
});
const fail = (error) => ({
	ok: false,
	error
});
// engine/scenario/limits.ts
/** Every bound that outside data meets. Errors print these very numbers. */
const LIMITS = {
	/** Rows of the agent table; ids are 32-bit everywhere. */
	agentsMax: 1e6,
	/** Rows kept free for agents that join by click (DESIGN 2). */
	joinsReserve: 1024,
	/** Agents that run programs: each costs a state object, not a table row. */
	programAgentsMax: 2e4,
	/** Above this a full mesh has more than 2·10⁸ connections: neither routed nor drawn. */
	meshAgentsMax: 2e4,
	/** Members of one consensus group; a round costs messages in proportion to it. */
	consensusMembersMax: 255,
	/** Concurrent clients an agent; at most ten share a key, so that any checker can decide the history. */
	clientsPerAgentMax: 10,
	branchingMax: 64,
	weightMin: .01,
	weightMax: 100,
	paceMin: 1e-6,
	paceMax: 1e3,
	inboxMax: 1048576,
	/** Latest time a command may name: the last exact integer. */
	timeUsMax: Number.MAX_SAFE_INTEGER,
	/** Longest delay, timer, latency or fault: one day. */
	durationUsMax: 864e8,
	/** Latest end of a run: 100 years, so that a duration added to any time of the run is still exact. */
	untilUsMax: 0xb3625a1cbe000,
	digestPointsMax: 1e6,
	slowFactorMax: 1e6,
	commandsMax: 1e3,
	checksMax: 64,
	nameCharsMax: 64,
	titleCharsMax: 120,
	/** A scenario or fault file. */
	scenarioBytesMax: 1048576,
	/** Values (objects, lists, leaves) in one outside document, and how deep they nest. */
	nodesMax: 1e5,
	depthMax: 32,
	linkCharsWarn: 2e3,
	linkCharsMax: 12e3,
	/** Running cap while a link inflates: 50 MB of zeros fits into 65,000 characters. */
	inflatedBytesMax: 262144,
	cameraNumbersMax: 16
};
assert(LIMITS.programAgentsMax <= LIMITS.agentsMax, "every agent that runs programs is an agent");
assert(LIMITS.meshAgentsMax <= LIMITS.agentsMax, "every agent of a mesh is an agent");
assert(LIMITS.consensusMembersMax <= LIMITS.programAgentsMax, "every consensus member runs a program");
assert(LIMITS.commandsMax < LIMITS.joinsReserve, "scheduled joins and clicks together fit the reserve");
assert(LIMITS.agentsMax + LIMITS.joinsReserve < 2147483648, "ids fit the 32-bit columns of a frame");
assert(LIMITS.untilUsMax + LIMITS.durationUsMax <= LIMITS.timeUsMax, "a duration added to a time of the run is exact");
assert(LIMITS.linkCharsWarn < LIMITS.linkCharsMax, "a link is warned about before it is refused");
assert(LIMITS.linkCharsMax < LIMITS.inflatedBytesMax, "a link that did not compress still inflates under the cap");
assert(LIMITS.inflatedBytesMax <= LIMITS.scenarioBytesMax, "whatever a link can carry fits a file");
// engine/scenario/nearest.ts
/** The known name closest to `name` by edit distance, or null where nothing is close enough to suggest. */
function nearest(name, known) {
	const wanted = name.slice(0, 64).toLowerCase();
	let best = null;
	let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
	for (const candidate of known) {
		const distance = editDistance(wanted, candidate.toLowerCase());
		if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
	}
	return best;
}
/** `; did you mean "x"?` or nothing: the tail of a sentence about an unknown name. */
function suggestion(name, known) {
	const close = nearest(name, known);
	return close === null ? "" : `; did you mean "${close}"?`;
}
/** Levenshtein 1966, one row at a time: insertions, deletions and substitutions cost 1. */
function editDistance(a, b) {
	let row = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const substitute = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(substitute, row[j] + 1, next[j - 1] + 1));
		}
		row = next;
	}
	return row[b.length];
}
// engine/scenario/show.ts
const CHARS_MAX = 40;
/** Control, bidirectional and line-breaking characters: nothing that could turn one sentence into two, or hide half. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/g;
const clean = (text) => (text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text).replace(UNPRINTABLE, "?");
/** A value from outside, shortened for a sentence; never longer than about 50 characters. */
function show(value) {
	if (typeof value === "string") return `"${clean(value)}"`;
	if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
	if (typeof value === "object" && value !== null) return "an object";
	if (value === void 0) return "nothing";
	if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
	return clean(String(value));
}
/** Counts as people write them: 1,000,000. */
const count = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
/** `faults[2].agent`; keys are shortened, so a hostile key cannot flood the sentence. */
function pathText(path) {
	let text = "";
	for (const step of path) {
		text += typeof step === "number" ? `[${step}]` : text === "" ? clean(step) : `.${clean(step)}`;
		if (text.length > 200) return `${text.slice(0, 200)}…`;
	}
	return text === "" ? "scenario" : text;
}
// engine/scenario/fields.ts
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** An object with these fields and no others, for use as an option of `choice`. */
const fields = (entries) => /* @__PURE__ */ strictObject(entries, (issue) => aboutField(issue, Object.keys(entries)));
/** An object with these fields and no others. */
const object = (entries) => /* @__PURE__ */ pipe(/* @__PURE__ */ custom(isObject, "is not an object"), fields(entries));
function aboutField(issue, known) {
	const key = String(issue.path?.[0]?.key);
	if (issue.expected === "never") return `!unknown field${suggestion(key, known)}`;
	const typo = Object.keys(issue.path?.[0]?.input ?? {}).find((name) => !known.includes(name) && suggestion(name, [key]) !== "");
	return typo === void 0 ? "!missing" : `!missing ("${clean(typo)}" is not a field; did you mean "${key}"?)`;
}
/** One of several objects, told apart by the word in field `key`. */
const choice = (key, options) => {
	const words = options.map((option) => option.entries[key].literal);
	const message = (issue) => issue.input === void 0 ? `!missing; it is ${anyOf(words)}` : notOne(issue, words);
	return /* @__PURE__ */ pipe(/* @__PURE__ */ custom(isObject, "is not an object"), /* @__PURE__ */ variant(key, options, message));
};
const word = (words) => /* @__PURE__ */ picklist(words, (issue) => notOne(issue, words));
const anyOf = (words) => words.length === 1 ? words[0] : `one of ${words.join(", ")}`;
const notOne = (issue, words) => `is not ${anyOf(words)}${typeof issue.input === "string" ? suggestion(issue.input, words) : ""}`;
/** A whole number. */
const whole = (min, max) => /* @__PURE__ */ pipe(/* @__PURE__ */ number("is not a whole number"), /* @__PURE__ */ check$2((n) => Number.isInteger(n), "is not a whole number"), /* @__PURE__ */ check$2((n) => n >= min && n <= max, `is outside ${min}..${max}`));
const real = (min, max) => /* @__PURE__ */ pipe(/* @__PURE__ */ number("is not a number"), /* @__PURE__ */ check$2((n) => n >= min && n <= max, `is outside ${min}..${max}`));
const probability = () => real(0, 1);
const flag = () => /* @__PURE__ */ boolean("is not true or false");
const durationUs = (min = 1) => whole(min, LIMITS.durationUsMax);
/** Ids are checked against the swarm afterwards; this bounds them. */
const agent = () => whole(0, LIMITS.agentsMax + LIMITS.joinsReserve);
const list = (item, max) => /* @__PURE__ */ pipe(/* @__PURE__ */ custom(Array.isArray, "is not a list"), /* @__PURE__ */ check$2((items) => items.length <= max, `is longer than the ${max} allowed`), /* @__PURE__ */ array(item));
const kebab = () => /* @__PURE__ */ pipe(/* @__PURE__ */ string("is not a text"), /* @__PURE__ */ check$2((text) => text.length <= LIMITS.nameCharsMax, `is longer than ${LIMITS.nameCharsMax} characters`), /* @__PURE__ */ check$2((text) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text), "is not in kebab-case (a-z, 0-9 and single dashes)"));
const title = () => /* @__PURE__ */ pipe(/* @__PURE__ */ string("is not a text"), /* @__PURE__ */ check$2((text) => text.length >= 1 && text.length <= LIMITS.titleCharsMax, `is not 1..${LIMITS.titleCharsMax} characters long`), /* @__PURE__ */ check$2((text) => !/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/.test(text), "holds a control character"));
/** Plain data of any shape: `plainInput` has already bounded it. */
const plain = () => /* @__PURE__ */ custom((value) => value !== void 0, "is not plain data");
// engine/scenario/commandSchema.ts
/** The command log's entries, one schema an op. References (agents, groups, programs) are checked by references.ts. */
const at = whole(0, LIMITS.timeUsMax);
const forUs = /* @__PURE__ */ exactOptional(durationUs());
const target = () => /* @__PURE__ */ custom((x) => targetProblem$1(x) === null, (issue) => targetProblem$1(issue.input));
const agentSet = () => /* @__PURE__ */ custom((x) => setProblem$1(x) === null, (issue) => setProblem$1(issue.input));
function targetProblem$1(value) {
	if (value === "leader" || value === "follower") return null;
	if (typeof value === "string") return `is not "leader", "follower" or an agent id${suggestion(value, ["leader", "follower"])}`;
	return isId(value) ? null : "is not an agent id, \"leader\" or \"follower\"";
}
function setProblem$1(value) {
	if (value === "all") return null;
	if (Array.isArray(value)) {
		if (value.length === 0) return "holds no agent";
		const wrong = value.findIndex((id) => !isId(id));
		if (wrong !== -1) return `holds ${show(value[wrong])} at place ${wrong}, which is not an agent id`;
		return new Set(value).size === value.length ? null : "names an agent twice";
	}
	if (typeof value === "object" && value !== null) {
		const entries = Object.entries(value);
		if (entries.length !== 1 || entries[0][0] !== "group") return "is not {\"group\": n}";
		return isId(entries[0][1]) ? null : `names group ${show(entries[0][1])}, which is not a group number`;
	}
	if (typeof value === "string" && targetProblem$1(value) !== null) return `is not "all", "leader", "follower", an agent id, a list of ids or {"group": n}${suggestion(value, [
		"all",
		"leader",
		"follower"
	])}`;
	return targetProblem$1(value);
}
const isId = (value) => Number.isInteger(value) && value >= 0;
const link = () => ({
	from: agentSet(),
	to: agentSet(),
	kind: /* @__PURE__ */ exactOptional(messageKind()),
	forUs
});
const messageKind = () => /* @__PURE__ */ pipe(/* @__PURE__ */ string("is not a text"), /* @__PURE__ */ check$2((text) => /^[a-zA-Z][a-zA-Z0-9-]{0,63}$/.test(text), "is not the name of a message kind"));
const transmission = {
	src: agent(),
	seq: whole(0, 4294967295)
};
const commandSchema = choice("op", [
	fields({
		at,
		op: /* @__PURE__ */ literal("crash"),
		agent: target(),
		forUs
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("restart"),
		agent: target()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("pause"),
		agent: target(),
		forUs
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("resume"),
		agent: target()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("slow"),
		agent: target(),
		factor: real(1, LIMITS.slowFactorMax),
		forUs
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("join"),
		group: /* @__PURE__ */ exactOptional(whole(0, LIMITS.agentsMax))
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("leave"),
		agent: target()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("partition"),
		side: agentSet(),
		forUs
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("cut"),
		from: agentSet(),
		to: agentSet(),
		forUs
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("heal")
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("delay"),
		us: durationUs(),
		...link()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("lose"),
		probability: probability(),
		...link()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("duplicate"),
		probability: probability(),
		...link()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("reorder"),
		probability: probability(),
		us: durationUs(),
		...link()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("dropMessage"),
		...transmission
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("duplicateMessage"),
		...transmission
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("delayMessage"),
		...transmission,
		us: durationUs()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("propose"),
		agent: target(),
		program: kebab(),
		value: plain()
	}),
	fields({
		at,
		op: /* @__PURE__ */ literal("connect"),
		a: agent(),
		b: agent(),
		weight: real(LIMITS.weightMin, LIMITS.weightMax)
	})
]);
/**
* `MIGRATIONS[n]` rewrites a version-n document as version n + 1, before defaults and bounds. Old versions load for
* ever: every version has a frozen fixture in testdata/ that must still parse.
*/
const MIGRATIONS = [];
/** The document as the current version would have written it. An omitted version means 1. */
function migrate(document, steps = MIGRATIONS, current = 1) {
	const { version = 1 } = document;
	if (typeof version !== "number" || !Number.isInteger(version) || version < 1) return fail(`version: ${show(version)} is not a version number`);
	if (version > current) return fail(`version: ${version} was written by a newer lab; this one reads 1..${current}`);
	let migrated = document;
	for (let from = version; from < current; from++) migrated = {
		...steps[from - 1](migrated),
		version: from + 1
	};
	return ok(migrated);
}
// engine/scenario/placement.ts
/** Kinds whose agents form trees, so that there are heads and leaves. */
const hasTrees = (topology) => topology.kind !== "mesh" && topology.kind !== "ring";
/** Kinds made of `groups` equal groups; id = group × size + place. */
const isComposite = (topology) => topology.kind === "mesh-of-trees" || topology.kind === "ring-of-trees";
/** Agents of one group at the start. */
const groupSize = (scenario) => isComposite(scenario.topology) ? scenario.swarm.agents / scenario.topology.groups : scenario.swarm.agents;
/** Agents at the start that run a program placed `on`, ascending. Call only with a placement that fits the swarm. */
function placed(scenario, on) {
	const { agents } = scenario.swarm;
	const ids = Array.from({ length: agents }, (_, id) => id);
	if (typeof on !== "string") {
		if ("first" in on) return ids.slice(0, on.first);
		if ("last" in on) return ids.slice(agents - on.last);
		return [...on].sort((a, b) => a - b);
	}
	const size = groupSize(scenario);
	switch (on) {
		case "all": return ids;
		case "heads": return ids.filter((id) => id % size === 0);
		case "leaves": return ids.filter((id) => id % size * scenario.topology.branching + 1 >= size);
	}
}
/** Whether two agents of the unbroken topology are joined directly. */
function linked(scenario, a, b) {
	const { kind, branching } = scenario.topology;
	const { agents } = scenario.swarm;
	const inRing = (i, j, n) => (i + 1) % n === j || (j + 1) % n === i;
	if (kind === "mesh") return true;
	if (kind === "ring") return inRing(a, b, agents);
	const size = groupSize(scenario);
	const [low, high] = [Math.min(a, b), Math.max(a, b)];
	const groups = [Math.floor(low / size), Math.floor(high / size)];
	if (groups[0] === groups[1]) return Math.floor((high % size - 1) / branching) === low % size;
	if (low % size !== 0 || high % size !== 0) return false;
	return kind === "mesh-of-trees" || inRing(groups[0], groups[1], agents / size);
}
/** Agents at the start that run raft, ascending; none where it is not in the scenario. */
function raftMembers(scenario) {
	const raft = scenario.programs.find(({ kind }) => kind === "raft");
	return raft === void 0 ? [] : placed(scenario, raft.on);
}
// engine/scenario/implied.ts
/** What follows from the rest of a scenario: filled in by `parse`, left out again by `set`, `diff` and links. */
/** Checks (checks/) that watch a program; what `checks` means where a scenario leaves it out. */
const CHECKS_OF = {
	raft: [
		"election-safety",
		"leader-append-only",
		"log-matching",
		"leader-completeness",
		"state-machine-safety",
		"commit-within-log",
		"commit-monotone",
		"term-monotone",
		"one-vote-per-term",
		"entry-terms",
		"durable-quorum",
		"leader-elected",
		"inherited-commits"
	],
	client: [
		"exactly-once",
		"one-completion",
		"operations-answered"
	]
};
const CHECK_NAMES = Object.values(CHECKS_OF).flat();
const checksFor = (programs) => [...new Set(programs.flatMap(({ kind }) => CHECKS_OF[kind] ?? []))];
/** Clients told of no servers talk to every raft member. */
const withServers = (scenario) => mapClients(scenario, (params) => params.servers === void 0 ? {
	...params,
	servers: raftMembers(scenario)
} : params);
const mapClients = (scenario, change) => ({
	...scenario,
	programs: scenario.programs.map((program) => program.kind === "client" ? {
		...program,
		params: change(program.params)
	} : program)
});
// engine/scenario/plainInput.ts
/**
* The first look at anything from outside: a copy made of objects, lists, strings, finite numbers, booleans and null
* only, at most `nodesMax` values and `depthMax` deep. Everything after it may recurse and enumerate freely. Fields that
* hold `undefined` are left out, as JSON does. Iterative, so that depth cannot exhaust the stack.
*/
function plainInput(input) {
	const root = {};
	const todo = [{
		source: input,
		into: root,
		place: {
			parent: null,
			step: "value",
			depth: 0
		}
	}];
	for (let nodes = 0; todo.length > 0; nodes++) {
		const { source, into, place } = todo.pop();
		if (nodes >= LIMITS.nodesMax) return fail(`scenario: holds more than ${count(LIMITS.nodesMax)} values`);
		const problem = leafProblem(source);
		if (problem !== null) return fail(`${where(place)}: ${show(source)} ${problem}`);
		if (typeof source !== "object" || source === null) {
			into[place.step] = source === 0 ? 0 : source;
			continue;
		}
		if (place.depth >= LIMITS.depthMax) return fail(`${where(place)}: nested deeper than ${LIMITS.depthMax} levels`);
		const keys = Array.isArray(source) ? source.length : Object.keys(source);
		const size = typeof keys === "number" ? keys : keys.length;
		if (nodes + todo.length + size > LIMITS.nodesMax) return fail(`${where(place)}: holds more than ${count(LIMITS.nodesMax)} values`);
		const copy = typeof keys === "number" ? new Array(size) : {};
		into[place.step] = copy;
		for (let i = 0; i < size; i++) {
			const step = typeof keys === "number" ? i : keys[i];
			if (step === "__proto__") return fail(`${where(place)}: "__proto__" is not a field name`);
			const value = source[step];
			if (value === void 0 && typeof step === "string") continue;
			todo.push({
				source: value,
				into: copy,
				place: {
					parent: place,
					step,
					depth: place.depth + 1
				}
			});
		}
	}
	return ok(root.value);
}
function leafProblem(value) {
	switch (typeof value) {
		case "string": return value.length <= LIMITS.scenarioBytesMax ? null : `is longer than ${count(LIMITS.scenarioBytesMax)} characters`;
		case "boolean": return null;
		case "number": return Number.isFinite(value) ? null : "is not a finite number";
		case "object": {
			const tag = Object.prototype.toString.call(value);
			return value === null || tag === "[object Object]" || tag === "[object Array]" ? null : "is not plain data";
		}
		default: return "is not plain data";
	}
}
function where(place) {
	const path = [];
	for (let at = place; at !== null && at.parent !== null; at = at.parent) path.push(at.step);
	return pathText(path.reverse());
}
// engine/scenario/names.ts
/**
* Names that outside data may use but other rooms own. A scenario room may not import those rooms, so the names are
* held here and a test compares them with their owners.
*/
/** Regions of the measured latency matrix; net/regions.ts holds the figures. */
const REGION_NAMES = [
	"Dallas",
	"Toronto",
	"Washington DC",
	"Frankfurt",
	"London",
	"Madrid",
	"Osaka",
	"Sydney",
	"Tokyo",
	"Sao Paulo"
];
/** Deliberate mistakes of consensus/raftBugs.ts. */
const RAFT_BUGS = [
	"commit-old-term",
	"vote-before-fsync",
	"no-noop",
	"no-session",
	"stale-append-truncates",
	"match-regresses",
	"keep-commit-index",
	"even-quorum",
	"duplicate-vote"
];
const RAFT_MESSAGES = [
	"requestVote",
	"vote",
	"preVote",
	"preVoteReply",
	"append",
	"appendReply",
	"clientRequest",
	"clientReply"
];
/** Kinds of message by program, for rules that name one; a program that is not here may use any word. */
const MESSAGE_KINDS = {
	raft: RAFT_MESSAGES,
	client: RAFT_MESSAGES
};
// engine/scenario/references.ts
/** Programs whose agents take the roles that "leader" and "follower" name. */
const ELECTING = ["raft", "ring-election"];
/**
* Walks a command log and says which entry names an agent, group, program or link that is not there by then; null
* where all are. Every join takes the next free id, so the count of joins before a command bounds the ids it may name.
*/
function logProblem(scenario, log, path = "faults") {
	let agents = scenario.swarm.agents;
	const inTimeOrder = log.map((_, i) => i).sort((a, b) => log[a].at - log[b].at || a - b);
	for (const i of inTimeOrder) {
		const command = log[i];
		const problem = referenceProblem(scenario, command, agents);
		if (problem !== null) return `${path}[${i}].${problem}`;
		if (command.op === "join") agents++;
	}
	return null;
}
/** `agents` = ids given out before this command. */
function referenceProblem(scenario, command, agents) {
	const target = (field, value) => targetProblem(scenario, field, value, agents);
	const set = (field, value) => setProblem(scenario, field, value, agents);
	switch (command.op) {
		case "crash":
		case "restart":
		case "pause":
		case "resume":
		case "slow":
		case "leave": return target("agent", command.agent);
		case "join": return command.group === void 0 ? null : set("group", { group: command.group });
		case "partition": return command.side === "all" ? "side: \"all\" leaves nobody on the other side" : set("side", command.side);
		case "cut": return set("from", command.from) ?? set("to", command.to);
		case "delay":
		case "lose":
		case "duplicate":
		case "reorder": return set("from", command.from) ?? set("to", command.to) ?? kindProblem(scenario, command.kind);
		case "heal": return null;
		case "dropMessage":
		case "duplicateMessage":
		case "delayMessage": return target("src", command.src);
		case "propose": return target("agent", command.agent) ?? programProblem(scenario, command.program, command.agent);
		case "connect":
			if (command.a === command.b) return `b: agent ${command.b} is not connected to itself`;
			return target("a", command.a) ?? target("b", command.b);
	}
}
function targetProblem(scenario, field, value, agents) {
	if (typeof value === "number") return value < agents ? null : `${field}: agent ${value} is outside 0..${agents - 1} at that time`;
	return scenario.programs.some(({ kind }) => ELECTING.includes(kind)) ? null : `${field}: "${value}" needs a program that elects one (${ELECTING.join(" or ")})`;
}
function setProblem(scenario, field, value, agents) {
	if (value === "all") return null;
	if (typeof value === "number" || typeof value === "string") return targetProblem(scenario, field, value, agents);
	if ("group" in value) {
		const groups = groupCount(scenario);
		return value.group < groups ? null : `${field}: group ${value.group} is outside 0..${groups - 1}`;
	}
	const missing = value.find((id) => id >= agents);
	return missing === void 0 ? null : `${field}: agent ${missing} is outside 0..${agents - 1} at that time`;
}
/** Groups that agents may belong to: those of a composite, else one a region, else a single one. */
function groupCount({ topology, network }) {
	if (isComposite(topology)) return topology.groups;
	return network.latency.kind === "regions" ? network.latency.regions.length : 1;
}
function programProblem(scenario, kind, agent) {
	const kinds = scenario.programs.map((program) => program.kind);
	const program = scenario.programs.find((other) => other.kind === kind);
	if (program === void 0) return `program: "${kind}" is not one of ${kinds.join(", ")}${suggestion(kind, kinds)}`;
	if (typeof agent !== "number" || agent >= scenario.swarm.agents) return null;
	return placed(scenario, program.on).includes(agent) ? null : `agent: agent ${agent} does not run ${kind}`;
}
function kindProblem({ programs }, kind) {
	if (kind === void 0 || programs.some((program) => MESSAGE_KINDS[program.kind] === void 0)) return null;
	const kinds = [...new Set(programs.flatMap((program) => MESSAGE_KINDS[program.kind]))];
	return kinds.includes(kind) ? null : `kind: "${kind}" is not one of ${kinds.join(", ")}${suggestion(kind, kinds)}`;
}
// engine/scenario/relations.ts
/** What the schema cannot say because it spans fields: the first problem as a sentence, or null. */
function relationProblem(scenario) {
	return timeProblem(scenario) ?? topologyProblem(scenario) ?? lawProblems(scenario) ?? programsProblem(scenario);
}
function timeProblem({ untilUs, digestEveryUs }) {
	return untilUs / digestEveryUs <= LIMITS.digestPointsMax ? null : `digestEveryUs: ${digestEveryUs} gives more than ${count(LIMITS.digestPointsMax)} digest points up to untilUs ${untilUs}`;
}
function topologyProblem(scenario) {
	const { swarm, topology } = scenario;
	const { kind, groups, weights } = topology;
	if (kind === "mesh" && swarm.agents > LIMITS.meshAgentsMax) return `swarm.agents: a full mesh of ${count(swarm.agents)} agents is outside 1..${count(LIMITS.meshAgentsMax)}; use a tree, a ring or mesh-of-trees`;
	if (groups > swarm.agents) return `topology.groups: ${groups} is outside 1..${swarm.agents}, the number of agents`;
	if (isComposite(topology) && swarm.agents % groups !== 0) {
		const below = Math.max(1, Math.floor(swarm.agents / groups)) * groups;
		return `swarm.agents: ${swarm.agents} does not divide into ${groups} groups of equal size (topology.groups); ${below} or ${below + groups} would`;
	}
	if (topology.oneWay && kind !== "ring") return `topology.oneWay: true needs topology.kind ring, not ${kind}`;
	const seen = /* @__PURE__ */ new Set();
	for (const [i, { a, b }] of weights.entries()) {
		const path = `topology.weights[${i}]`;
		const far = Math.max(a, b);
		if (far >= swarm.agents) return `${path}: agent ${far} is outside 0..${swarm.agents - 1}`;
		if (a === b) return `${path}: ${a} is not connected to itself`;
		if (!linked(scenario, a, b)) return `${path}: ${a} and ${b} are not connected in a ${kind}`;
		const pair = Math.min(a, b) * LIMITS.agentsMax + far;
		if (seen.has(pair)) return `${path}: ${a} and ${b} are named twice`;
		seen.add(pair);
	}
	return null;
}
function lawProblems({ network, disk }) {
	return lawProblem("network.latency", network.latency) ?? lawProblem("disk.fsync", disk.fsync);
}
function lawProblem(path, law) {
	if (law.kind === "uniform" && law.maxUs < law.minUs) return `${path}.maxUs: ${law.maxUs} is below minUs ${law.minUs}`;
	if (law.kind !== "regions") return null;
	if (law.regions.length === 0) return `${path}.regions: an empty list places nobody; name at least one region`;
	const twice = law.regions.find((name, i) => law.regions.indexOf(name) !== i);
	return twice === void 0 ? lawProblem(`${path}.local`, law.local) : `${path}.regions: "${twice}" is named twice`;
}
function programsProblem(scenario) {
	const { programs } = scenario;
	if (programs.length === 0) return "programs: an empty list does nothing; name at least one program";
	const busy = /* @__PURE__ */ new Set();
	for (const [i, program] of programs.entries()) {
		if (programs.findIndex((other) => other.kind === program.kind) !== i) return `programs[${i}].kind: "${program.kind}" is named twice; an agent runs a program once`;
		const problem = placementProblem$1(scenario, program);
		if (problem !== null) return `programs.${program.kind}.on: ${problem}`;
		for (const id of placed(scenario, program.on)) busy.add(id);
		if (busy.size > LIMITS.programAgentsMax) return `programs.${program.kind}.on: programs on ${count(busy.size)} or more agents are outside 1..${count(LIMITS.programAgentsMax)}`;
	}
	for (const program of programs) {
		const problem = NEEDS[program.kind]?.(scenario, program);
		if (problem) return `programs.${program.kind}.${problem}`;
	}
	return null;
}
function placementProblem$1(scenario, { on }) {
	const { agents } = scenario.swarm;
	if (typeof on === "string") return on === "leaves" && !hasTrees(scenario.topology) ? `"leaves" needs a topology with trees, not ${scenario.topology.kind}` : null;
	const wanted = "first" in on ? on.first : "last" in on ? on.last : Math.max(...on) + 1;
	if (wanted <= agents) return null;
	return Array.isArray(on) ? `agent ${wanted - 1} is outside 0..${agents - 1}` : `${wanted} agents are outside 1..${agents}`;
}
/** What a program needs of the rest of the scenario. */
const NEEDS = {
	raft(scenario, { on, params }) {
		const members = placed(scenario, on).length;
		const { electionMinUs, electionMaxUs, heartbeatUs } = params;
		if (members > LIMITS.consensusMembersMax) return `on: ${count(members)} members are outside 1..${LIMITS.consensusMembersMax}`;
		if (electionMaxUs < electionMinUs) return `params.electionMaxUs: ${electionMaxUs} is below electionMinUs ${electionMinUs}`;
		if (heartbeatUs >= electionMinUs) return `params.heartbeatUs: ${heartbeatUs} is not below electionMinUs ${electionMinUs}, so followers would time out between heartbeats`;
		return null;
	},
	client(scenario, { params }) {
		const { readFraction, casFraction } = params;
		const members = new Set(raftMembers(scenario));
		const servers = params.servers;
		if (members.size === 0) return "kind: needs a program \"raft\" to talk to";
		if (servers?.length === 0) return "params.servers: an empty list; leave it out for every raft member";
		const stranger = servers?.find((id) => !members.has(id));
		if (stranger !== void 0) return `params.servers: agent ${stranger} does not run raft`;
		return readFraction + casFraction <= 1 ? null : `params.casFraction: ${casFraction} plus readFraction ${readFraction} is above 1`;
	},
	"ring-election"(scenario, { on }) {
		const { kind, oneWay } = scenario.topology;
		if (kind !== "ring") return `kind: needs topology.kind ring, not ${kind}`;
		if (!oneWay) return "kind: needs topology.oneWay true";
		return placed(scenario, on).length === scenario.swarm.agents ? null : "on: every agent of the ring takes part";
	},
	"tree-sync"(scenario, { on }) {
		if (!hasTrees(scenario.topology)) return `kind: needs a topology with trees, not ${scenario.topology.kind}`;
		return placed(scenario, on).length === scenario.swarm.agents ? null : "on: every agent of the tree takes part";
	},
	bus: () => null
};
// engine/scenario/defaults.ts
/**
* What a field means where a scenario file leaves it out: the one table. `{"programs": [{"kind": "raft"}]}` is a whole
* scenario: five servers on a local network. An omitted `version` means 1, for ever.
*/
const DEFAULTS = {
	version: 1,
	name: "custom",
	title: "Custom scenario",
	group: "custom",
	seed: 1,
	pace: .2,
	untilUs: 1e7,
	digestEveryUs: 5e5,
	swarm: {
		agents: 5,
		serviceUs: 0,
		inboxMax: 1024
	},
	topology: {
		kind: "mesh",
		branching: 3,
		groups: 1,
		oneWay: false,
		repairUs: 5e5,
		weights: []
	},
	network: {
		latency: {
			kind: "uniform",
			minUs: 100,
			maxUs: 1e3
		},
		loss: 0,
		duplicate: 0,
		reorder: {
			probability: 0,
			extraUs: 1e3
		},
		fifo: false
	},
	disk: {
		fsync: {
			kind: "exponential",
			floorUs: 500,
			meanUs: 500
		},
		tornWrites: false
	},
	faults: [],
	height: "none",
	layout: "force"
};
/** By `kind`. Every law has a floor of at least 1 µs. */
const LAW_DEFAULTS = {
	constant: {
		kind: "constant",
		us: 100
	},
	uniform: {
		kind: "uniform",
		minUs: 100,
		maxUs: 1e3
	},
	exponential: {
		kind: "exponential",
		floorUs: 100,
		meanUs: 1e3
	},
	regions: {
		kind: "regions",
		regions: [
			"Washington DC",
			"London",
			"Frankfurt",
			"Tokyo",
			"Sydney"
		],
		jitter: .02,
		local: {
			kind: "exponential",
			floorUs: 100,
			meanUs: 400
		}
	}
};
const LOCAL_DEFAULT = LAW_DEFAULTS.regions.local;
/**
* A program's `on` and `params` by kind; the programs' own defaults, compared with them by a test. `client.params.servers`
* left out means every member of raft, and is filled in.
*/
const PROGRAM_DEFAULTS = {
	raft: {
		on: "all",
		params: {
			electionMinUs: 15e4,
			electionMaxUs: 3e5,
			heartbeatUs: 5e4,
			preVote: false,
			checkQuorum: false,
			batchMax: 64,
			queueMax: 4096,
			machine: "kv",
			announce: false,
			bugs: []
		}
	},
	client: {
		on: "all",
		params: {
			opsPerSecond: 0,
			thinkUs: 2e4,
			keys: 4,
			readFraction: .5,
			casFraction: .1,
			timeoutUs: 5e5,
			clientsPerAgent: 1,
			sessions: true
		}
	},
	"ring-election": {
		on: "all",
		params: {}
	},
	"tree-sync": {
		on: "all",
		params: {
			heartbeatUs: 2e5,
			missedMax: 3,
			orderEveryUs: 0
		}
	},
	bus: {
		on: "all",
		params: {}
	}
};
Object.keys(PROGRAM_DEFAULTS);
// engine/scenario/programSchemas.ts
const raft = PROGRAM_DEFAULTS.raft.params;
const client = PROGRAM_DEFAULTS.client.params;
const treeSync$1 = PROGRAM_DEFAULTS["tree-sync"].params;
/** The parameters of every program that a scenario may name. A new program joins by adding its line here. */
const PARAMS = {
	raft: object({
		electionMinUs: /* @__PURE__ */ optional(durationUs(), raft.electionMinUs),
		electionMaxUs: /* @__PURE__ */ optional(durationUs(), raft.electionMaxUs),
		heartbeatUs: /* @__PURE__ */ optional(durationUs(), raft.heartbeatUs),
		preVote: /* @__PURE__ */ optional(flag(), raft.preVote),
		checkQuorum: /* @__PURE__ */ optional(flag(), raft.checkQuorum),
		batchMax: /* @__PURE__ */ optional(whole(1, 4096), raft.batchMax),
		queueMax: /* @__PURE__ */ optional(whole(1, 1048576), raft.queueMax),
		machine: /* @__PURE__ */ optional(word(["kv"]), raft.machine),
		announce: /* @__PURE__ */ optional(flag(), raft.announce),
		bugs: /* @__PURE__ */ optional(list(word(RAFT_BUGS), RAFT_BUGS.length), () => [])
	}),
	client: object({
		servers: /* @__PURE__ */ exactOptional(list(agent(), LIMITS.consensusMembersMax)),
		opsPerSecond: /* @__PURE__ */ optional(real(0, 1e5), client.opsPerSecond),
		thinkUs: /* @__PURE__ */ optional(durationUs(), client.thinkUs),
		keys: /* @__PURE__ */ optional(whole(1, 1e4), client.keys),
		readFraction: /* @__PURE__ */ optional(probability(), client.readFraction),
		casFraction: /* @__PURE__ */ optional(probability(), client.casFraction),
		timeoutUs: /* @__PURE__ */ optional(durationUs(), client.timeoutUs),
		clientsPerAgent: /* @__PURE__ */ optional(whole(1, LIMITS.clientsPerAgentMax), client.clientsPerAgent),
		sessions: /* @__PURE__ */ optional(flag(), client.sessions)
	}),
	"ring-election": object({}),
	"tree-sync": object({
		heartbeatUs: /* @__PURE__ */ optional(durationUs(), treeSync$1.heartbeatUs),
		missedMax: /* @__PURE__ */ optional(whole(1, 1e3), treeSync$1.missedMax),
		orderEveryUs: /* @__PURE__ */ optional(durationUs(0), treeSync$1.orderEveryUs)
	}),
	bus: object({})
};
const on = () => /* @__PURE__ */ custom((value) => placementProblem(value) === null, (issue) => placementProblem(issue.input));
/** What is wrong with a placement, or null. Ids are checked against the swarm afterwards. */
function placementProblem(value) {
	if (typeof value === "string") {
		const words = [
			"all",
			"heads",
			"leaves"
		];
		return words.includes(value) ? null : `is not one of ${words.join(", ")}${suggestion(value, words)}`;
	}
	if (Array.isArray(value)) {
		if (value.length === 0) return "places the program nowhere";
		const wrong = value.findIndex((id) => !Number.isInteger(id) || id < 0);
		if (wrong !== -1) return `holds ${show(value[wrong])} at place ${wrong}, which is not an agent id`;
		return new Set(value).size === value.length ? null : "names an agent twice";
	}
	const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
	const [key, n] = entries.length === 1 ? entries[0] : ["", null];
	if (key !== "first" && key !== "last") return "is not \"all\", \"heads\", \"leaves\", {\"first\": n}, {\"last\": n} or a list of agent ids";
	return Number.isInteger(n) && n >= 1 ? null : `asks for the ${key} ${show(n)}, which is not a count from 1 up`;
}
const option = (kind) => fields({
	kind: /* @__PURE__ */ literal(kind),
	on: /* @__PURE__ */ optional(on(), PROGRAM_DEFAULTS[kind].on),
	params: /* @__PURE__ */ optional(PARAMS[kind], () => ({}))
});
const programSchema = choice("kind", [
	option("raft"),
	option("client"),
	option("ring-election"),
	option("tree-sync"),
	option("bus")
]);
// engine/scenario/schema.ts
/** Scenario.ts, field by field, with bounds and defaults. What spans two fields is in relations.ts. */
const localLaws = [
	fields({
		kind: /* @__PURE__ */ literal("constant"),
		us: /* @__PURE__ */ optional(durationUs(), LAW_DEFAULTS.constant.us)
	}),
	fields({
		kind: /* @__PURE__ */ literal("uniform"),
		minUs: /* @__PURE__ */ optional(durationUs(), LAW_DEFAULTS.uniform.minUs),
		maxUs: /* @__PURE__ */ optional(durationUs(), LAW_DEFAULTS.uniform.maxUs)
	}),
	fields({
		kind: /* @__PURE__ */ literal("exponential"),
		floorUs: /* @__PURE__ */ optional(durationUs(), LAW_DEFAULTS.exponential.floorUs),
		meanUs: /* @__PURE__ */ optional(durationUs(0), LAW_DEFAULTS.exponential.meanUs)
	})
];
const localLaw = choice("kind", [...localLaws]);
const latencyLaw = choice("kind", [...localLaws, fields({
	kind: /* @__PURE__ */ literal("regions"),
	regions: /* @__PURE__ */ optional(list(word(REGION_NAMES), REGION_NAMES.length), () => [...LAW_DEFAULTS.regions.regions]),
	jitter: /* @__PURE__ */ optional(real(0, 10), LAW_DEFAULTS.regions.jitter),
	local: /* @__PURE__ */ optional(localLaw, LOCAL_DEFAULT)
})]);
const { swarm, topology, network, disk } = DEFAULTS;
const swarmSchema = object({
	agents: /* @__PURE__ */ optional(whole(1, LIMITS.agentsMax), swarm.agents),
	serviceUs: /* @__PURE__ */ optional(durationUs(0), swarm.serviceUs),
	inboxMax: /* @__PURE__ */ optional(whole(1, LIMITS.inboxMax), swarm.inboxMax)
});
const weight = object({
	a: agent(),
	b: agent(),
	weight: real(LIMITS.weightMin, LIMITS.weightMax)
});
const topologySchema = object({
	kind: /* @__PURE__ */ optional(word([
		"mesh",
		"hierarchical",
		"ring",
		"mesh-of-trees",
		"ring-of-trees"
	]), topology.kind),
	branching: /* @__PURE__ */ optional(whole(1, LIMITS.branchingMax), topology.branching),
	groups: /* @__PURE__ */ optional(whole(1, LIMITS.meshAgentsMax), topology.groups),
	oneWay: /* @__PURE__ */ optional(flag(), topology.oneWay),
	repairUs: /* @__PURE__ */ optional(durationUs(0), topology.repairUs),
	weights: /* @__PURE__ */ optional(list(weight, LIMITS.programAgentsMax), () => [])
});
const networkSchema = object({
	latency: /* @__PURE__ */ optional(latencyLaw, network.latency),
	loss: /* @__PURE__ */ optional(probability(), network.loss),
	duplicate: /* @__PURE__ */ optional(probability(), network.duplicate),
	reorder: /* @__PURE__ */ optional(object({
		probability: /* @__PURE__ */ optional(probability(), network.reorder.probability),
		extraUs: /* @__PURE__ */ optional(durationUs(0), network.reorder.extraUs)
	}), network.reorder),
	fifo: /* @__PURE__ */ optional(flag(), network.fifo)
});
const diskSchema = object({
	fsync: /* @__PURE__ */ optional(localLaw, disk.fsync),
	tornWrites: /* @__PURE__ */ optional(flag(), disk.tornWrites)
});
const scenarioSchema = object({
	version: /* @__PURE__ */ optional(/* @__PURE__ */ literal(1), DEFAULTS.version),
	name: /* @__PURE__ */ optional(kebab(), DEFAULTS.name),
	title: /* @__PURE__ */ optional(title(), DEFAULTS.title),
	group: /* @__PURE__ */ optional(word([
		"agreement",
		"coordination",
		"network",
		"movement",
		"work",
		"custom"
	]), DEFAULTS.group),
	seed: /* @__PURE__ */ optional(whole(0, 4294967295), DEFAULTS.seed),
	pace: /* @__PURE__ */ optional(real(LIMITS.paceMin, LIMITS.paceMax), DEFAULTS.pace),
	untilUs: /* @__PURE__ */ optional(whole(1, LIMITS.untilUsMax), DEFAULTS.untilUs),
	digestEveryUs: /* @__PURE__ */ optional(whole(1, LIMITS.untilUsMax), DEFAULTS.digestEveryUs),
	swarm: /* @__PURE__ */ optional(swarmSchema, () => ({})),
	topology: /* @__PURE__ */ optional(topologySchema, () => ({})),
	network: /* @__PURE__ */ optional(networkSchema, () => ({})),
	disk: /* @__PURE__ */ optional(diskSchema, () => ({})),
	programs: list(programSchema, 16),
	faults: /* @__PURE__ */ optional(list(commandSchema, LIMITS.commandsMax), () => []),
	checks: /* @__PURE__ */ optional(list(word(CHECK_NAMES), LIMITS.checksMax), () => []),
	height: /* @__PURE__ */ optional(word([
		"log",
		"level",
		"load",
		"none"
	]), DEFAULTS.height),
	layout: /* @__PURE__ */ optional(word([
		"regions",
		"ring",
		"tree",
		"force"
	]), DEFAULTS.layout)
});
// engine/scenario/parse.ts
/**
* The only door for scenarios from outside: files, links, `--set`, the page. The result is complete (defaults filled),
* shares nothing with `input`, and its commands are in time order. Errors are one sentence: field, value, bound.
*/
function parseScenario(input) {
	const plain = plainInput(input);
	if (!plain.ok) return plain;
	const document = plain.value;
	if (typeof document !== "object" || document === null || Array.isArray(document)) return fail(`scenario: ${show(document)} is not an object`);
	const current = migrate(document);
	if (!current.ok) return current;
	const checked = check(scenarioSchema, current.value);
	if (!checked.ok) return checked;
	const { faults, programs } = checked.value;
	const checks = "checks" in document ? checked.value.checks : checksFor(programs);
	const scenario = {
		...checked.value,
		checks,
		faults: inTimeOrder(faults)
	};
	const problem = relationProblem(scenario) ?? logProblem(scenario, faults);
	return problem === null ? ok(withServers(scenario)) : fail(problem);
}
list(commandSchema, LIMITS.commandsMax);
/** Commands at the same time keep the order they were given in. */
const inTimeOrder = (log) => [...log].sort((a, b) => a.at - b.at);
/** Runs a schema; its first issue becomes `path: value message`. */
function check(schema, value, root) {
	const result = /* @__PURE__ */ safeParse(schema, value, {
		abortEarly: true,
		abortPipeEarly: true
	});
	if (result.success) return ok(result.output);
	const issue = result.issues[0];
	const keys = (issue.path ?? []).map(({ key }) => key);
	const path = pathText(root === void 0 ? byKind(keys, value) : keys[0] === void 0 ? [root] : [root, ...keys]);
	if (issue.message.startsWith("!")) return fail(`${path}: ${issue.message.slice(1)}`);
	return fail(`${path}: ${show(issue.input)} ${issue.message}`);
}
/** `programs[0].params` as people and `--set` write it: `programs.raft.params`. */
function byKind(keys, document) {
	const [field, index, ...rest] = keys;
	if (field !== "programs" || typeof index !== "number" || rest.length === 0) return [...keys];
	const kind = document.programs[index]?.kind;
	return typeof kind === "string" && rest[0] !== "kind" ? [
		field,
		kind,
		...rest
	] : [...keys];
}
// engine/scenario/presets/Preset.ts
/** `draft(agents)` writes the scenario for one of its sizes; `step` is what sizes are multiples of. */
function preset(parts) {
	const { draft, step = 1, ...rest } = parts;
	const { min, max } = rest.sizes;
	const withAgents = (agents) => {
		const wanted = Number.isFinite(agents) ? Math.max(min, Math.min(max, agents)) : rest.sizes.default;
		const input = draft(Math.max(min, Math.min(max, Math.round(wanted / step) * step)));
		const parsed = parseScenario(input);
		assert(parsed.ok, `built-in scenario ${input.name} parses${parsed.ok ? "" : `: ${parsed.error}`}`);
		return parsed.value;
	};
	return {
		...rest,
		withAgents,
		scenario: withAgents(rest.sizes.default)
	};
}
// engine/scenario/presets/treeSync.ts
const treeSync = preset({
	sizes: {
		min: 4,
		default: 121,
		max: 1e4
	},
	proofUs: 25e5,
	openAtUs: 0,
	draft: (agents) => ({
		name: "tree-sync",
		title: "Orders go down, reports come up",
		group: "coordination",
		seed: 11,
		pace: .1,
		untilUs: 8e6,
		digestEveryUs: 25e4,
		swarm: { agents },
		topology: {
			kind: "hierarchical",
			branching: 3,
			repairUs: 3e5
		},
		network: { latency: {
			kind: "uniform",
			minUs: 2e3,
			maxUs: 1e4
		} },
		programs: [{
			kind: "tree-sync",
			params: {
				heartbeatUs: 2e5,
				orderEveryUs: 9e5
			}
		}],
		faults: [{
			at: 2e6,
			op: "crash",
			agent: 1,
			forUs: 3e6
		}, {
			at: 65e5,
			op: "join"
		}],
		height: "level",
		layout: "tree"
	}),
	info: {
		what: "A chain of command. The agent at the top gives an order every 900 ms; each agent passes it to those below and reports upward when everybody under it has it.",
		how: "Every agent has up to three below it, so 121 agents stand on five levels. Heartbeats pass between an agent and the one above. When an agent in the middle fails, the routing layer notices after 300 ms and joins those below it to the next agent up that works; they are brought up to date from there.",
		use: "Crash an agent near the top and one near the bottom and compare how many are cut off. Change the number of agents a superior has.",
		notice: [
			"One round takes exactly one order and one report for every agent but the top one.",
			"The time of a round grows with the levels, not with the agents: three times the agents cost one more level.",
			"At 2 s the first of the three deputies fails. The 39 agents below it are silent until they are re-attached."
		],
		tryThis: [
			"Set the branching to 2 and to 10 with the same number of agents: which tree is faster, which is hurt more by a crash?",
			"Set the repair time to 0 (never) and crash agent 1 again.",
			"Lose one message in ten and see which level waits longest."
		],
		claims: [
			{
				name: "tree-messages",
				sentence: "Without faults a round of n agents takes exactly n − 1 orders and n − 1 reports.",
				source: "Theorem: a tree of n agents has n − 1 connections, each used once in each direction"
			},
			{
				name: "tree-sync-law",
				sentence: "The mean time of a round of 121 agents is that of the slowest path: 61.9 ms by the law of the delays alone.",
				source: "Closed form: the slowest of three parts, each an order, the level below and a report, level by level"
			},
			{
				name: "tree-sync-time",
				sentence: "A swarm of 1,000 agents is synchronised within 120 ms, twice its depth times the longest delay, in every run.",
				source: "Theorem; the budget this lab was given is a second, here in virtual time"
			}
		],
		references: ["A. Segall: Distributed Network Protocols. IEEE Transactions on Information Theory 29(1), 1983."]
	}
});
// engine/scenario/presets/raftLan.ts
const raftLan = preset({
	sizes: {
		min: 3,
		default: 10,
		max: 101
	},
	proofUs: 15e5,
	openAtUs: 6e5,
	draft: (agents) => ({
		name: "raft-lan",
		title: "Servers in one room",
		group: "agreement",
		seed: 10,
		pace: .1,
		untilUs: 6e6,
		digestEveryUs: 25e4,
		swarm: { agents },
		topology: { kind: "mesh" },
		network: { latency: {
			kind: "uniform",
			minUs: 100,
			maxUs: 1e3
		} },
		disk: { fsync: {
			kind: "exponential",
			floorUs: 200,
			meanUs: 300
		} },
		programs: [{
			kind: "raft",
			params: {
				electionMinUs: 15e4,
				electionMaxUs: 3e5,
				heartbeatUs: 5e4
			}
		}, {
			kind: "client",
			on: { last: 2 },
			params: {
				thinkUs: 1e4,
				keys: 4,
				timeoutUs: 5e5
			}
		}],
		faults: [
			{
				at: 1e6,
				op: "crash",
				agent: "leader",
				forUs: 1e6
			},
			{
				at: 3e6,
				op: "lose",
				probability: .2,
				from: "all",
				to: "all",
				forUs: 1e6
			},
			{
				at: 45e5,
				op: "pause",
				agent: "leader",
				forUs: 5e5
			}
		],
		height: "log",
		layout: "ring"
	}),
	info: {
		what: "Ten servers on a local network keep one log. Ten is an even number: six of them make a majority, five do not.",
		how: "Every pair is connected directly with a delay between 0.1 and 1 ms; a write to disk takes about half a millisecond. The leader sends a heartbeat every 50 ms, and a server that hears none for 150 to 300 ms stands for election. Two clients keep it busy.",
		use: "Crash, pause or slow any server. Set the number of servers from 3 to 101 and watch the messages per operation grow with it.",
		notice: [
			"Nearly all of the time without a leader is spent noticing that it is gone; the vote itself takes a few milliseconds.",
			"A paused leader believes it still leads when it wakes up, until the first answer tells it of a newer term.",
			"With one message in five lost, operations slow down, but the log never disagrees."
		],
		tryThis: [
			"Pause five of the ten: no majority is left. Resume one.",
			"Compare 9, 10 and 11 servers: how many failures does each survive?",
			"Switch on the deliberate mistake \"even-quorum\" and see which check reports it."
		],
		claims: [{
			name: "lan-recovery",
			sentence: "In 95 of 100 runs ten servers have a new leader and commit under it less than 500 ms after the old one fails.",
			source: "The budget this lab was given: consensus below 500 ms for 10 agents, here in virtual time"
		}],
		references: ["D. Ongaro, J. Ousterhout: In Search of an Understandable Consensus Algorithm. USENIX ATC 2014."]
	}
});
// ../../tmp/benchI/snapmem.ts
const gc = globalThis.gc;
for (const [name, sc, t] of [[
	"tree",
	treeSync.withAgents(1e3),
	1e6
], [
	"raft",
	raftLan.withAgents(10),
	5e6
]]) {
	const run = new LocalRun({
		...sc,
		faults: []
	});
	const kept = [];
	run.runTo(t);
	gc();
	gc();
	const b = process.memoryUsage();
	let est = 0;
	for (let i = 0; i < 20; i++) {
		run.runTo(t + i * 3e4);
		const s = run.snapshot();
		kept.push(s);
		for (const p of s) est += snapshotBytes(p);
	}
	gc();
	gc();
	const a = process.memoryUsage();
	console.log(name, "estimate", (est / 20 / 1024).toFixed(0), "KB; real", ((a.heapUsed + a.arrayBuffers - b.heapUsed - b.arrayBuffers) / 20 / 1024).toFixed(0), "KB", kept.length);
}
export {};
