# topic: gc_automatic. A collection at each birth of a class statement: what there is by then, and in which order it lies afterwards.
import gc
gc.collect()
gc.disable()
heard = []


def hear(phase, info):
    if phase == 'start':
        heard.append([type(x).__name__ for x in gc.get_objects(0)])


for n in range(1, 13):
    made = None
    gc.collect()
    gc.callbacks.append(hear)
    heard.clear()
    gc.set_threshold(n + gc.get_count()[0], 100, 100)
    gc.enable()
    class made:
        it = 5
    gc.disable()
    gc.callbacks.remove(hear)
    print(n, heard[:1])
    gc.set_debug(gc.DEBUG_SAVEALL)
    made = None
    gc.collect()
    gc.set_debug(0)
    print(n, [type(x).__name__ for x in gc.garbage])
    gc.garbage.clear()
