/*
 * Boids in two dimensions as one plain loop on one thread: the peer of engine/space/boids.ts with rule 'forces'.
 * The same rule, world and ways: 32-bit columns, a counting sort by cells as wide as the range, copies in cell order as
 * the second buffer, exact range round the seams, no cap on neighbours.
 *
 * boids N SIDE VISION SEPARATION WARMUP STEPS SPEED ALIGN COHERE SEPARATE FORCE SLACK: milliseconds of a step, the mean
 * of STEPS after WARMUP; the mean neighbours of a body meanwhile; the polarisation at the end.
 */
#define _POSIX_C_SOURCE 199309L
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int n, columns, cells;
static float side, vision, separation, speed, align, cohere, separate, force, slack;
static const float relax = 0.1f;
static float *px, *py, *hx, *hy, *v;        /* by row */
static float *sx, *sy, *shx, *shy;          /* by slot */
static int *cellOf, *start, *cursor, *rowAt; /* start has cells + 1 */
static double neighbours;

static unsigned long long seed = 88172645463325252ULL;
static float draw(void) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return (float)(seed >> 40) / 16777216.0f;
}

static void sort(void) {
  const float perSide = columns / side;
  memset(start, 0, sizeof(int) * (cells + 1));
  for (int i = 0; i < n; i++) {
    int c = (int)(px[i] * perSide), r = (int)(py[i] * perSide);
    if (c >= columns) c = columns - 1;
    if (r >= columns) r = columns - 1;
    start[(cellOf[i] = r * columns + c) + 1]++;
  }
  for (int c = 0; c < cells; c++) start[c + 1] += start[c];
  memcpy(cursor, start, sizeof(int) * cells);
  for (int i = 0; i < n; i++) {
    const int k = cursor[cellOf[i]]++;
    rowAt[k] = i;
    sx[k] = px[i];
    sy[k] = py[i];
    shx[k] = hx[i];
    shy[k] = hy[i];
  }
}

static float wrap(float x) {
  x -= floorf(x / side) * side;
  return x >= side ? 0 : x;
}

static void move(int i, float count, float headingX, float headingY, float wayX, float wayY, float pushX, float pushY) {
  float steerX = 0, steerY = 0;
  if (count > 0) {
    steerX = align * (headingX / count - hx[i]) + cohere * wayX / (count * vision);
    steerY = align * (headingY / count - hy[i]) + cohere * wayY / (count * vision);
  }
  steerX += separate * separation * pushX;
  steerY += separate * separation * pushY;
  const float steer = sqrtf(steerX * steerX + steerY * steerY);
  if (steer > force) {
    steerX *= force / steer;
    steerY *= force / steer;
  }
  float fast = v[i] / speed;
  fast += relax * (1 - fast);
  const float vx = hx[i] * fast + steerX, vy = hy[i] * fast + steerY;
  const float length = sqrtf(vx * vx + vy * vy);
  if (length > 1e-6f) {
    hx[i] = vx / length;
    hy[i] = vy / length;
  }
  const float go = speed * (length < 1 - slack ? 1 - slack : length > 1 + slack ? 1 + slack : length);
  v[i] = go;
  px[i] = wrap(px[i] + hx[i] * go);
  py[i] = wrap(py[i] + hy[i] * go);
}

static void step(void) {
  sort();
  const float r2 = vision * vision, s2 = separation * separation;
  long long seen = 0;
  for (int cell = 0; cell < cells; cell++) {
    if (start[cell] == start[cell + 1]) continue;
    const int column = cell % columns, row = cell / columns;
    int from[9], to[9], spans = 0;
    float shiftX[9], shiftY[9];
    for (int dy = -1; dy <= 1; dy++) {
      const int r = row + dy < 0 ? columns - 1 : row + dy >= columns ? 0 : row + dy;
      const float up = row + dy < 0 ? -side : row + dy >= columns ? side : 0;
      const int left = column > 0 ? column - 1 : 0, right = column + 1 < columns ? column + 1 : columns - 1;
      if (column == 0) {
        from[spans] = start[r * columns + columns - 1];
        to[spans] = start[r * columns + columns];
        shiftX[spans] = -side;
        shiftY[spans++] = up;
      }
      from[spans] = start[r * columns + left];
      to[spans] = start[r * columns + right + 1];
      shiftX[spans] = 0;
      shiftY[spans++] = up;
      if (column == columns - 1) {
        from[spans] = start[r * columns];
        to[spans] = start[r * columns + 1];
        shiftX[spans] = side;
        shiftY[spans++] = up;
      }
    }
    for (int slot = start[cell]; slot < start[cell + 1]; slot++) {
      float headingX = -shx[slot], headingY = -shy[slot], wayX = 0, wayY = 0, pushX = 0, pushY = 0;
      int mates = -1;
      for (int s = 0; s < spans; s++) {
        const float ax = sx[slot] - shiftX[s], ay = sy[slot] - shiftY[s];
        for (int k = from[s]; k < to[s]; k++) {
          const float dx = sx[k] - ax, dy = sy[k] - ay, d2 = dx * dx + dy * dy;
          if (d2 >= r2) continue;
          if (d2 < s2 && d2 > 0) {
            pushX -= dx / d2;
            pushY -= dy / d2;
          }
          mates++;
          headingX += shx[k];
          headingY += shy[k];
          wayX += dx;
          wayY += dy;
        }
      }
      seen += mates;
      move(rowAt[slot], mates, headingX, headingY, wayX, wayY, pushX, pushY);
    }
  }
  neighbours = (double)seen / n;
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  if (argc != 13) return 2;
  n = atoi(argv[1]);
  side = atof(argv[2]);
  vision = atof(argv[3]);
  separation = atof(argv[4]);
  const int warmUp = atoi(argv[5]), steps = atoi(argv[6]);
  speed = atof(argv[7]);
  align = atof(argv[8]);
  cohere = atof(argv[9]);
  separate = atof(argv[10]);
  force = atof(argv[11]);
  slack = atof(argv[12]);
  columns = (int)(side / (vision * 1.000001f));
  cells = columns * columns;
  float **columnsOf[] = {&px, &py, &hx, &hy, &v, &sx, &sy, &shx, &shy};
  for (int c = 0; c < 9; c++) *columnsOf[c] = malloc(sizeof(float) * n);
  cellOf = malloc(sizeof(int) * n);
  rowAt = malloc(sizeof(int) * n);
  start = malloc(sizeof(int) * (cells + 1));
  cursor = malloc(sizeof(int) * cells);
  for (int i = 0; i < n; i++) {
    px[i] = wrap(draw() * side);
    py[i] = wrap(draw() * side);
    const float angle = draw() * 6.2831853f;
    hx[i] = cosf(angle);
    hy[i] = sinf(angle);
    v[i] = speed;
  }
  for (int k = 0; k < warmUp; k++) step();
  double seen = 0;
  const double began = now();
  for (int k = 0; k < steps; k++) {
    step();
    seen += neighbours;
  }
  const double took = (now() - began) / steps;
  double headX = 0, headY = 0;
  for (int i = 0; i < n; i++) {
    headX += hx[i];
    headY += hy[i];
  }
  printf("%.6f %.3f %.4f\n", took, seen / steps, sqrt(headX * headX + headY * headY) / n);
  return 0;
}
