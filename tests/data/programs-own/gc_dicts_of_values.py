# topic: collector. The dict made from the values of an instance: when the collector knows it, what shows them, what clear() and the end of the instance leave.
import gc,sys
gc.disable()
class N: pass
a=N(); a.x=[]; d=vars(a); print('gc value', gc.is_tracked(d))
a=N(); a.x=1; d=vars(a); print('int value', gc.is_tracked(d)); a.x=[]; print(gc.is_tracked(d)); a.y=[]; print(gc.is_tracked(d))
d['z']=[]; print(gc.is_tracked(d))
b=N(); b.x=1; d=vars(b); b.q1=[]; print('new key by attr', gc.is_tracked(d))
b=N(); b.x=1; d=vars(b); d['x']=[]; print('old key by item', gc.is_tracked(d))
b=N(); b.x=[]; vars(b); print(gc.is_tracked(vars(b)));gc.collect(); print('after collect',gc.is_tracked(vars(b)))
b.x=1; gc.collect(); print('after collect',gc.is_tracked(vars(b)))
b.x=[]; print(gc.is_tracked(vars(b)))
b=N(); print('none', gc.is_tracked(vars(b)))
b=N(); b.x=(1,2); print('tuple', gc.is_tracked(vars(b)))
b=N(); b.x=int; print('static type', gc.is_tracked(vars(b)))
b=N(); b.x=N; print('type', gc.is_tracked(vars(b)))
b=N(); b.x=frozenset((1,2)); print('fs', gc.is_tracked(vars(b)))
b=N(); b.x=len; print('len', gc.is_tracked(vars(b)))
b=N(); b.x=[].append; print('append', gc.is_tracked(vars(b)))
b=N(); b.x=sys; print('sys', gc.is_tracked(vars(b)))
b=N(); b.x=[]; d=vars(b); print(len(gc.get_referents(b)), [type(x).__name__ for x in gc.get_referents(b)], [type(x).__name__ for x in gc.get_referents(d)])
del b; print(gc.is_tracked(d), [type(x).__name__ for x in gc.get_referents(d)])
b=N(); b.x=1; d=vars(b); b.x=[]; print(gc.is_tracked(d)); del b; print('after death of instance', gc.is_tracked(d))
class N:
    def __del__(self):
        self.__dict__.clear()
class M:
    def __del__(self):
        self.__dict__
class K:
    pass
for c in (N, M):
    a=c(); a.x=a; del a; print(gc.collect())
    a=c(); a.x=a; a.y=[]; vars(a);del a; print(gc.collect())
    a=c(); a.y=[]; b=[a]; b.append(b); del a,b; print(gc.collect())
    a=c(); a.y=1; b=[a]; b.append(b); del a,b; print(gc.collect())
a=K(); a.x=a; vars(a); del a; print(gc.collect())
a=K(); a.y=[]; vars(a); a.y.append(a); del a; print(gc.collect())
a=K(); a.y=[]; d=vars(a); a.y.append(a); del a; print(gc.collect()); print(len(d), d.keys())
a=K(); a.y=[]; d=vars(a); d['z']=d; a.y.append(a); del a,d; print(gc.collect());
a=K(); a.me=a; d=vars(a); d.clear(); print(gc.is_tracked(d)); a.x=1; print(vars(a) is d, gc.get_referents(a), len(gc.get_referents(a))); a.y=[]; print(len(gc.get_referents(a)), gc.is_tracked(d)); a.me=a; print(len(gc.get_referents(a))); 
del a,d; print(gc.collect());
a=K(); a.x=1; b=K(); b.d=vars(a); a.b=b; b.a=a
keep=[a]; del a, b; print(gc.collect(), len(gc.get_referents(keep[0].b)))
a=K(); a.x=1; c=K(); c.d=vars(a); c.d['c']=c; a.c=None; del c; print(gc.collect(), len(vars(a)))
