import CameraControls from 'camera-controls'
import * as THREE from 'three'
import type { Controls } from './CameraRig.ts'

CameraControls.install({
  THREE: {
    Vector2: THREE.Vector2,
    Vector3: THREE.Vector3,
    Vector4: THREE.Vector4,
    Quaternion: THREE.Quaternion,
    Matrix4: THREE.Matrix4,
    Spherical: THREE.Spherical,
    Box3: THREE.Box3,
    Sphere: THREE.Sphere,
    Raycaster: THREE.Raycaster,
  },
})

/** Orbit, pan and zoom by hand on `element`. `onGrab`: a person took the camera; `onMoved`: it moves. */
export function orbit(
  camera: THREE.PerspectiveCamera,
  element: HTMLElement,
  onGrab: () => void,
  onMoved: () => void,
): Controls {
  const controls = new CameraControls(camera, element)
  controls.maxPolarAngle = 1.5
  controls.dollyToCursor = true
  controls.dollySpeed = 0.6
  controls.addEventListener('controlstart', onGrab)
  controls.addEventListener('control', onMoved)
  return controls
}
